/** @module Schemathesis, in a virtual environment of its own, with everything it needs pinned. */

import { execFile } from 'node:child_process';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);

const PINNED = fileURLToPath(new URL('requirements.txt', import.meta.url));
const FOLDER = fileURLToPath(new URL('../../.local/schemathesis/', import.meta.url));

/** What was installed; written last, so that a folder without it is half done. */
const INSTALLED = `${FOLDER}installed.txt`;

/** A slow registry takes minutes; a dead one must not hold CI for an hour. Real time. */
const PATIENCE_MS = 600_000;

/**
 * Installs it where it is not yet, from PyPI or what pip's own settings name.
 *
 * @returns the Python that has it
 * @throws {Error} when there is no Python 3.10 or newer, or a package cannot be had
 */
export async function schemathesis(): Promise<string> {
  const python = `${FOLDER}bin/python`;
  const wanted = await readFile(PINNED, 'utf8');
  if ((await readFile(INSTALLED, 'utf8').catch(() => '')) === wanted) return python;
  try {
    await rm(FOLDER, { recursive: true, force: true });
    await mkdir(FOLDER, { recursive: true });
    await run('python3', ['-m', 'venv', FOLDER], { timeout: PATIENCE_MS });
    const asked = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '-r', PINNED];
    await run(python, asked, { timeout: PATIENCE_MS });
  } catch (cause) {
    const { stderr = '', message } = cause as Error & { readonly stderr?: string };
    throw new Error(`Cannot install schemathesis: ${stderr.trim() || message}`, { cause });
  }
  await writeFile(INSTALLED, wanted);
  return python;
}
