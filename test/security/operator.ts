/** @module An operator at a terminal: what commands print is heard. */

import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Scene } from '../stack/scene.ts';
import type { Ears } from './leak-search.ts';

export function startOperator({ stack }: Scene, ears: Ears) {
  const folder = mkdtempSync(join(tmpdir(), 'leaks-'));
  const file = join(folder, 'outputs.json');
  writeFileSync(file, JSON.stringify({ endpoint: stack.awsUrl, outputs: stack.outputs }));
  return {
    run: (...words: readonly string[]): Promise<void> =>
      new Promise((resolve) => {
        const all = ['cli/run.ts', ...words, '--outputs', file];
        execFile(process.execPath, all, (_error, out, err) => {
          ears.hear('command', words.join(' '), `${out}\n${err}`);
          resolve();
        });
      }),
    end: () => rmSync(folder, { recursive: true, force: true }),
  };
}
