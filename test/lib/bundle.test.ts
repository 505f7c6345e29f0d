/** @module The bundles as they are deployed: each is loaded by a Node process of its own, never the source. */

import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const BUNDLES = at('../../dist/functions/');

/** Runs a script in a process that has the given environment, and nothing else. */
function node(script: string, env: Record<string, string>, ...options: string[]) {
  const found = spawnSync(process.execPath, [...options, '-e', script], { env, encoding: 'utf8' });
  return { status: found.status, stdout: found.stdout, stderr: found.stderr };
}

describe('the bundle of each function', () => {
  const folders = readdirSync(BUNDLES);

  test('is there for each folder with a handler', () => {
    const handled = readdirSync(at('../../lambdas')).filter((folder) =>
      existsSync(at(`../../lambdas/${folder}/handler.ts`)),
    );
    expect(handled.length).toBeGreaterThan(0);
    expect(folders.sort()).toEqual(handled.sort());
  });

  test.each(folders)('%s loads in a process of its own and exports its handler', (folder) => {
    const spec = readFileSync(at(`../../lambdas/${folder}/env.ts`), 'utf8');
    const names = [...spec.matchAll(/^ {2}([A-Z_]+): (\w+)/gm)].map(([, name, reader]) => [
      ...[name, reader === 'wholeNumber' ? '1' : 'https://x'],
    ]);
    const script = `console.log(typeof require(${JSON.stringify(BUNDLES + folder)}).handler)`;
    const env = { AWS_REGION: 'eu-west-1', ...Object.fromEntries(names) };
    expect(node(script, env)).toEqual({ status: 0, stdout: 'function\n', stderr: '' });
  });

  test('of buys has 260 KB at most', () => {
    expect(statSync(join(BUNDLES, 'buy/index.js')).size).toBeLessThanOrEqual(260_000);
  });
});

describe('bundleFunctions()', () => {
  const outdir = mkdtempSync(join(tmpdir(), 'bundle-'));
  afterAll(() => rmSync(outdir, { recursive: true }));
  beforeAll(() => {
    const build = `import { bundleFunctions } from ${JSON.stringify(at('../../bin/bundle-functions.ts'))};
      await bundleFunctions(${JSON.stringify(at('fixtures'))}, ${JSON.stringify(outdir)});`;
    expect(node(build, {}, '--input-type=module')).toMatchObject({ status: 0, stderr: '' });
  });

  const call = (env: Record<string, string>) =>
    node(`require(${JSON.stringify(`${outdir}/signed-call`)}).handler().then(console.log)`, env);

  test('leaves the SDK able to sign with the variables that Lambda sets', () => {
    const credentials = {
      AWS_ACCESS_KEY_ID: 'AKID',
      AWS_SECRET_ACCESS_KEY: 'secret',
      AWS_SESSION_TOKEN: 'token',
    };
    const { stdout } = call({ AWS_REGION: 'eu-west-1', ...credentials });
    expect(stdout.trim()).toBe(
      'no network in tests | dynamodb.eu-west-1.amazonaws.com | AWS4-HMAC-SHA256 Credentia | token',
    );
  });

  test('leaves it naming the variable that is not set', () => {
    const { stdout } = call({ AWS_REGION: 'eu-west-1' });
    expect(stdout).toContain(
      'Cannot call AWS: environment variable "AWS_ACCESS_KEY_ID" is not set',
    );
  });
});
