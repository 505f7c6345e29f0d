/** @module MiniStack, an emulator of AWS: installed into a virtual environment of its own, and run on loopback. */

import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { CommandFailed, command, endGroup, leash, ROOT } from './command.ts';
import { until } from './report.ts';

/** Its version; `requirements.txt` pins what comes with it too. */
const VERSION = '1.5.33';

const HOME = join(ROOT, '.local', `ministack-${VERSION}`);
const PYTHON = join(HOME, 'bin/python');
const REQUIREMENTS = fileURLToPath(new URL('requirements.txt', import.meta.url));

/** Written last, so that half an installation is not taken for a whole one. */
const COMPLETE = join(HOME, 'complete');

/** What runs the gate needs: a module that MiniStack does not have. */
const PRELOAD = fileURLToPath(new URL('cloudfront-module.cjs', import.meta.url));

/** Lines of its log that are kept. */
const KEPT_LINES = 400;

export type MiniStack = {
  readonly url: string;
  /** The last lines of its log. */
  log(): readonly string[];
  stop(): Promise<void>;
};

/** @returns how it came @throws {Error} saying what this machine lacks for it */
export async function installMiniStack(): Promise<string> {
  if (existsSync(COMPLETE)) return `version ${VERSION}, installed before`;
  await rm(HOME, { recursive: true, force: true });
  await makeEnvironment();
  await writeFile(COMPLETE, '');
  return `version ${VERSION}, from the package index`;
}

async function makeEnvironment(): Promise<void> {
  const install = ['install', '--quiet', '--disable-pip-version-check', '-r', REQUIREMENTS];
  try {
    await command('python3', ['-m', 'venv', HOME], { seconds: 120 });
    await command(PYTHON, ['-m', 'pip', ...install], { seconds: 300 });
    return;
  } catch (error) {
    // Debian leaves `ensurepip` out of python3; the machine's own pip can fill an environment that has none.
    if (!(error as CommandFailed).output?.includes('ensurepip')) throw lacking(error);
  }
  try {
    await rm(HOME, { recursive: true, force: true });
    await command('python3', ['-m', 'venv', '--without-pip', HOME], { seconds: 120 });
    await command('python3', ['-m', 'pip', '--python', PYTHON, ...install], { seconds: 300 });
  } catch (error) {
    throw lacking(error);
  }
}

function lacking(cause: unknown): Error {
  const why = cause instanceof CommandFailed ? cause.message : String(cause);
  return new Error(
    `Cannot install MiniStack ${VERSION}: it needs python3 (3.10 or newer) with python3-venv or python3-pip, and a ` +
      `package index that pip can reach; or set AWS_ENDPOINT_URL to an emulator that runs already. ${why}`,
    { cause },
  );
}

/**
 * Starts it on a free port. What it hands to every function is the little that stands here.
 *
 * @param folder for its files, which it leaves behind
 */
export async function startMiniStack(folder: string): Promise<MiniStack> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const child = spawn(join(HOME, 'bin/ministack'), [], {
    env: {
      // Functions run on the Node that runs this.
      PATH: `${dirname(process.execPath)}:${process.env['PATH'] ?? ''}`,
      ...{ HOME, TMPDIR: folder },
      BIND_HOST: '127.0.0.1',
      GATEWAY_PORT: String(port),
      AWS_ENDPOINT_URL: url,
      NODE_OPTIONS: `--require=${JSON.stringify(PRELOAD)}`,
    },
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  leash(child);
  const lines = keepLines(child);
  const stop = () => endGroup(child);
  try {
    await until('its health', 60, async () => {
      if (child.exitCode !== null) throw new Error(`it ended with status ${child.exitCode}`);
      return isHealthy(url);
    });
  } catch (cause) {
    await stop();
    const why = `${(cause as Error).message}: ${lines.slice(-5).join('\n')}`;
    throw new Error(`Cannot start MiniStack: ${why}`, { cause });
  }
  return { url, log: () => lines, stop };
}

function keepLines(child: ChildProcess): string[] {
  const lines: string[] = [];
  const take = (chunk: Buffer) => {
    lines.push(...chunk.toString().split('\n').filter(Boolean));
    lines.splice(0, Math.max(0, lines.length - KEPT_LINES));
  };
  child.stdout?.on('data', take);
  child.stderr?.on('data', take);
  child.once('error', (error) => lines.push(error.message));
  return lines;
}

const isHealthy = (url: string): Promise<boolean> =>
  fetch(`${url}/_localstack/health`).then(
    ({ ok }) => ok,
    () => false,
  );

/** A port that nobody has at this moment. */
export const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      const port = typeof address === 'object' && address !== null ? address.port : 0;
      server.close(() => resolve(port));
    });
  });
