/** What a synth builds: the bundles of the setting that it was given, and not those of the other. */

import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, test } from '@jest/globals';

const BUILD = fileURLToPath(new URL('../../bin/build.ts', import.meta.url));
const outdir = mkdtempSync(join(tmpdir(), 'build-'));
afterAll(() => rmSync(outdir, { recursive: true }));

describe('build()', () => {
  test.each([
    ['lean', 'functions'],
    ['sdk', 'functions-sdk'],
  ])(
    'builds %s clients into %s alone',
    (client, folder) => {
      const into = join(outdir, client);
      const script = `import { build } from ${JSON.stringify(BUILD)};
        await build(${JSON.stringify(client)}, ${JSON.stringify(into)});`;
      const { stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', script], {
        encoding: 'utf8',
      });
      expect(stderr).toBe('');
      expect(readdirSync(into).sort()).toEqual([folder, 'gate.js', 'site']);
    },
    120_000,
  );
});
