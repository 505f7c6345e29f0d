/** @module Packages of Python, all pinned, in a virtual environment of their own below `.local/`. */

import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CommandFailed, command, ROOT } from './command.ts';

export type PythonPackages = {
  /** The environment's folder: its programs are in `bin/`. */
  readonly home: string;
  /** Whether it was there before. */
  readonly isOld: boolean;
};

/** A slow index takes minutes; a dead one must not hold CI for an hour. */
const INSTALL_SECONDS = 600;
const MAKE_SECONDS = 120;

/**
 * Installs what a requirements file names, where it is not yet, from the index that pip's own settings name.
 *
 * @throws {Error} naming the wanted thing, and what this machine lacks for it
 */
export async function pythonPackages(name: string, requirements: string): Promise<PythonPackages> {
  const home = join(ROOT, '.local', name);
  // Written last, so that half an installation is not taken for a whole one.
  const complete = join(home, 'installed.txt');
  const wanted = await readFile(requirements, 'utf8');
  if ((await readFile(complete, 'utf8').catch(() => '')) === wanted) return { home, isOld: true };
  try {
    await makeEnvironment(home, requirements);
  } catch (cause) {
    throw new Error(
      `Cannot install ${name}: it needs python3 (3.10 or newer) with python3-venv or python3-pip, and a package index ` +
        `that pip can reach. ${(cause as Error).message}`,
      { cause },
    );
  }
  await writeFile(complete, wanted);
  return { home, isOld: false };
}

async function makeEnvironment(home: string, requirements: string): Promise<void> {
  const python = join(home, 'bin/python');
  const install = ['install', '--quiet', '--disable-pip-version-check', '-r', requirements];
  await rm(home, { recursive: true, force: true });
  try {
    await command('python3', ['-m', 'venv', home], { seconds: MAKE_SECONDS });
    await command(python, ['-m', 'pip', ...install], { seconds: INSTALL_SECONDS });
    return;
  } catch (error) {
    // Debian leaves `ensurepip` out of python3; the machine's own pip can fill an environment that has none.
    if (!(error instanceof CommandFailed && error.output.includes('ensurepip'))) throw error;
  }
  await rm(home, { recursive: true, force: true });
  await command('python3', ['-m', 'venv', '--without-pip', home], { seconds: MAKE_SECONDS });
  const filled = ['-m', 'pip', '--python', python, ...install];
  await command('python3', filled, { seconds: INSTALL_SECONDS });
}
