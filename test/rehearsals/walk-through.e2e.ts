/** The walk-through of docs/operations.md, typed as it is written. */

import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { afterAll, describe, expect, test } from '@jest/globals';
import { command, endGroup, leash, ROOT } from '../support/command.ts';
import { freePort } from '../support/free-port.ts';
import { missingLine, stepsBelow } from './walk-through.ts';

const HEADING = 'Your first sale, from a product file to a reconciled sale';

/** A step may wait for an opening, or for a crowd on a busy machine. */
const STEP_SECONDS = 240;

let stack: ChildProcess | undefined;

afterAll(async () => {
  if (stack) await endGroup(stack);
}, 60_000);

/** The first step runs in a terminal of its own until the end. @returns once it printed what it says it prints */
function startStack(typed: string, prints: readonly string[], env: NodeJS.ProcessEnv) {
  const child = spawn('bash', ['-c', typed], { cwd: ROOT, env, detached: true });
  stack = child;
  leash(child);
  let output = '';
  return new Promise<void>((resolve, reject) => {
    const take = (chunk: Buffer) => {
      output += chunk;
      if (missingLine(output, prints) === undefined) resolve();
    };
    child.stdout.on('data', take);
    child.stderr.on('data', take);
    child.once('close', () => reject(new Error(`Cannot start the stack: ${output}`)));
  });
}

describe('docs/operations.md', () => {
  test('takes a new operator from a product file to a reconciled sale', async () => {
    const document = readFileSync(`${ROOT}docs/operations.md`, 'utf8');
    const [start, ...steps] = stepsBelow(document, HEADING);
    const env = { ...process.env, PORT: String(await freePort()) };
    await startStack(start?.command ?? '', start?.prints ?? [], env);
    for (const { command: typed, prints } of steps) {
      const output = await command('bash', ['-euo', 'pipefail', '-c', typed], {
        ...{ env, seconds: STEP_SECONDS },
      });
      const missing = missingLine(output, prints);
      if (missing !== undefined) {
        throw new Error(`"${typed.trim()}" did not print "${missing}", but: ${output}`);
      }
    }
    expect(steps.length).toBeGreaterThan(0);
  }, 900_000);
});
