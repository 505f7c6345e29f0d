/** @module The cloud assembly of this run: synthesised, and copied with what an emulator needs changed in it. */

import { createHash } from 'node:crypto';
import { cp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { command } from '../support/command.ts';
import { CDK } from './cdk.ts';
import type { Template, TemplateRepair } from './template.ts';

const TEMPLATE = '.template.json';

/** Synthesises the stacks without the upload of the site, whose custom resource emulators hang on. */
export const synthesise = (outdir: string): Promise<string> =>
  command(
    CDK,
    ['synth', '--quiet', '--exclusively', '*-Edge', '-c', 'siteDeployment=none', '-o', outdir],
    { seconds: 120 },
  );

/** Names of the stacks in an assembly. */
export async function stacksIn(assembly: string): Promise<readonly string[]> {
  const files = await readdir(assembly);
  return files
    .filter((file) => file.endsWith(TEMPLATE))
    .map((file) => file.slice(0, -TEMPLATE.length));
}

export const readTemplate = async (assembly: string, stack: string): Promise<Template> =>
  JSON.parse(await readFile(join(assembly, `${stack}${TEMPLATE}`), 'utf8')) as Template;

/** Copies an assembly, with repairs. @returns what was changed */
export async function copyRepaired(
  from: string,
  to: string,
  repairs: readonly TemplateRepair[],
): Promise<readonly string[]> {
  await rm(to, { recursive: true, force: true });
  await cp(from, to, { recursive: true });
  const notes: string[] = [];
  for (const stack of await stacksIn(to)) {
    let template = await readTemplate(to, stack);
    let isChanged = false;
    for (const repair of repairs) {
      const repaired = repair(template);
      template = repaired.template;
      isChanged ||= repaired.notes.length > 0;
      notes.push(...repaired.notes.map((note) => `${stack}: ${note}`));
    }
    if (isChanged) await replaceTemplate(to, stack, template);
  }
  return notes;
}

/**
 * Templates are assets that are named by what is in them: under its old name the CLI would take an upload of before for
 * the new one.
 */
async function replaceTemplate(assembly: string, stack: string, template: Template): Promise<void> {
  const path = join(assembly, `${stack}${TEMPLATE}`);
  const hashes = [await readFile(path, 'utf8'), JSON.stringify(template, null, 1)].map((text) =>
    createHash('sha256').update(text).digest('hex'),
  );
  await writeFile(path, JSON.stringify(template, null, 1));
  const [old = '', renamed = ''] = hashes;
  for (const name of ['manifest.json', `${stack}.assets.json`]) {
    const file = join(assembly, name);
    await writeFile(file, (await readFile(file, 'utf8')).replaceAll(old, renamed));
  }
}
