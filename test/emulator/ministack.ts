/** @module MiniStack, an emulator of AWS: installed into a virtual environment of its own, and run on loopback. */

import { type ChildProcess, spawn } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { endGroup, leash, ROOT } from '../support/command.ts';
import { freePort } from '../support/free-port.ts';
import { pythonPackages } from '../support/python-packages.ts';
import { until } from './report.ts';

/** Its version; `requirements.txt` pins what comes with it too. */
const VERSION = '1.5.33';

const NAME = `ministack-${VERSION}`;
const HOME = join(ROOT, '.local', NAME);
const REQUIREMENTS = fileURLToPath(new URL('requirements.txt', import.meta.url));

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
  try {
    const { isOld } = await pythonPackages(NAME, REQUIREMENTS);
    return `version ${VERSION}, ${isOld ? 'installed before' : 'from the package index'}`;
  } catch (cause) {
    const instead = 'Or set AWS_ENDPOINT_URL to an emulator that runs already.';
    throw new Error(`${(cause as Error).message} ${instead}`, { cause });
  }
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
