/** @module `npm run sale -- …` as it is typed, against a stack that runs. */

import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LocalSale } from '../../cli/local-sale.ts';

type Ended = { readonly code: number; readonly out: string; readonly err: string };

export type SaleCommands = {
  /** A folder for files of the test. */
  readonly folder: string;
  /** The file that says where the stack is. */
  readonly outputs: string;
  /** Types a command about the stack, and waits for its end. Nobody can be asked: there is no terminal. */
  sale(...words: readonly string[]): Promise<Ended>;
  /** Types a command that takes no --outputs. */
  type(...words: readonly string[]): Promise<Ended>;
  /** Types a command that goes on until it is ended. */
  start(...words: readonly string[]): ChildProcess;
  close(): void;
};

export function saleCommands({ stack }: Pick<LocalSale, 'stack'>): SaleCommands {
  const folder = mkdtempSync(join(tmpdir(), 'commands-'));
  const outputs = join(folder, 'outputs.json');
  writeFileSync(outputs, JSON.stringify({ endpoint: stack.awsUrl, outputs: stack.outputs }));
  const type = (...words: readonly string[]) =>
    new Promise<Ended>((resolve) => {
      execFile(process.execPath, ['cli/run.ts', ...words], (error, out, err) =>
        resolve({ code: Number(error?.code ?? 0), out, err }),
      );
    });
  return {
    folder,
    outputs,
    type,
    sale: (...words) => type(...words, '--outputs', outputs),
    start: (...words) =>
      spawn(process.execPath, ['cli/run.ts', ...words, '--outputs', outputs], {
        stdio: ['ignore', 'pipe', 'pipe'],
      }),
    close: () => rmSync(folder, { recursive: true, force: true }),
  };
}
