/** @module Runs a command to its end, or until its time is up: then its whole process group is ended. */

import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** The root of this repository. */
export const ROOT = fileURLToPath(new URL('../../', import.meta.url));

export type CommandOptions = {
  readonly seconds: number;
  /** @default - that of this process */
  readonly env?: NodeJS.ProcessEnv;
};

/** A command that ended with another status than 0. Its output is in the message, from the end. */
export class CommandFailed extends Error {
  readonly output: string;

  constructor(what: string, how: string, output: string) {
    super(`"${what}" ${how}: ${lastLines(output, 12)}`);
    this.output = output;
  }
}

const lastLines = (text: string, count: number): string =>
  text.trim().split('\n').slice(-count).join('\n');

/** Grace between asking a process group to end and ending it. */
const GRACE_MS = 5000;

/** @returns what it printed, standard error among it @throws {CommandFailed} */
export function command(
  file: string,
  args: readonly string[],
  { seconds, env = process.env }: CommandOptions,
): Promise<string> {
  const what = [file.split('/').at(-1), ...args.slice(0, 2)].join(' ');
  return new Promise((resolve, reject) => {
    const child = spawn(file, args, {
      ...{ cwd: ROOT, env, detached: true },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    leash(child);
    let output = '';
    let isLate = false;
    const take = (chunk: Buffer) => {
      output += chunk;
    };
    child.stdout.on('data', take);
    child.stderr.on('data', take);
    const timer = setTimeout(() => {
      isLate = true;
      void endGroup(child);
    }, seconds * 1000);
    child.once('error', (error) => {
      clearTimeout(timer);
      reject(new CommandFailed(what, 'could not be started', error.message));
    });
    child.once('close', (status) => {
      clearTimeout(timer);
      const how = isLate ? `did not end within ${seconds} s` : `ended with status ${status}`;
      if (status === 0 && !isLate) resolve(output);
      else reject(new CommandFailed(what, how, output));
    });
  });
}

/** Ends a process group with this process, however that ends: what leads its own group hears no Ctrl-C. */
export function leash(child: ChildProcess) {
  const { pid } = child;
  if (pid === undefined) return;
  const end = () => void signal(-pid, 'SIGKILL');
  process.once('exit', end);
  child.once('close', () => process.off('exit', end));
}

/** Ends a process that leads its own group, and all that it started; those that do not listen, after a grace. */
export async function endGroup(child: ChildProcess): Promise<void> {
  if (child.pid === undefined) return;
  const group = -child.pid;
  signal(group, 'SIGTERM');
  const giveUpAt = performance.now() + GRACE_MS;
  while (signal(group, 0) && performance.now() < giveUpAt) {
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  signal(group, 'SIGKILL');
}

/** @returns whether there was somebody to hear it */
function signal(group: number, name: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(group, name);
  } catch {
    return false;
  }
}
