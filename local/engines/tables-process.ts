/** @module dynoxide, a process of its own that ends with this one, however that happens. */

import { type ChildProcess, spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { findDynoxide } from './dynoxide.ts';

const HOST = '127.0.0.1';

/** Ends the engine when the pipe closes: also when this very process is killed. */
const WATCHED = '"$0" --host 127.0.0.1 --port "$1" & engine=$!; cat > /dev/null; kill $engine';

/** Until dynoxide listens; it takes 20 ms when the machine is idle. */
const PATIENCE_MS = 10_000;

export type TablesProcess = { readonly url: string; stop(): Promise<void> };

/** @throws {Error} when it does not answer within ten seconds */
export async function startTables(): Promise<TablesProcess> {
  const binary = findDynoxide();
  const port = await freePort();
  const child = spawn('sh', ['-c', WATCHED, binary, `${port}`], {
    stdio: ['pipe', 'ignore', 'ignore'],
    // More threads contend for one lock: 4,600 against 8,400 writes a second.
    env: { ...process.env, TOKIO_WORKER_THREADS: '1' },
    // Ctrl-C in a terminal reaches the whole group: tables must outlive the stack's own end.
    detached: true,
  });
  const url = `http://${HOST}:${port}`;
  const deadline = Date.now() + PATIENCE_MS;
  while (!(await answers(url))) {
    if (Date.now() > deadline) {
      await end(child);
      throw new Error(`Cannot start DynamoDB: "${binary}" does not answer`);
    }
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  return { url, stop: () => end(child) };
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return;
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.stdin?.end();
  await ended;
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, HOST, resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' && address !== null ? address.port : 0;
}

const answers = (url: string): Promise<boolean> =>
  fetch(url).then(
    () => true,
    () => false,
  );
