/**
 * @module
 * The engines' process: fauxqs (queues, buckets) inside, dynoxide (tables) beside it. Both end when its standard input
 * closes, and so when the process that started it dies, however that happens.
 *
 * Out: one line `{"queues": url, "tables": url}`. In: lines `{"offset": ms, "look": boolean}`, each answered in its turn by
 * `{"done": true}`; with `look`, after fauxqs has looked which messages have become visible.
 */

import { type ChildProcess, spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { createInterface } from 'node:readline';
import { buildApp } from 'fauxqs';

const HOST = '127.0.0.1';

/** Ends the engine when the pipe closes: also when this very process is killed. */
const WATCHED = '"$0" --host 127.0.0.1 --port "$1" & engine=$!; cat > /dev/null; kill $engine';

/** Until dynoxide listens; it takes 20 ms when the machine is idle. */
const PATIENCE_MS = 10_000;

const say = (message: object) => process.stdout.write(`${JSON.stringify(message)}\n`);

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, HOST, resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' && address !== null ? address.port : 0;
}

async function startTables(binary: string): Promise<{ url: string; process: ChildProcess }> {
  const port = await freePort();
  const child = spawn('sh', ['-c', WATCHED, binary, `${port}`], {
    stdio: ['pipe', 'ignore', 'ignore'],
    // More threads contend for one lock: 4,600 against 8,400 writes a second.
    env: { ...process.env, TOKIO_WORKER_THREADS: '1' },
  });
  const url = `http://${HOST}:${port}`;
  const deadline = Date.now() + PATIENCE_MS;
  while (!(await answers(url))) {
    if (Date.now() > deadline)
      throw new Error(`Cannot start DynamoDB: "${binary}" does not answer`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  return { url, process: child };
}

const answers = (url: string): Promise<boolean> =>
  fetch(url).then(
    () => true,
    () => false,
  );

async function startQueues(): Promise<string> {
  const app = buildApp({ logger: false });
  return app.listen({ host: HOST, port: 0 });
}

/** fauxqs looks every 20 ms, while anybody waits for a message. A later timer of this process fires after that one. */
const LOOKED_MS = 25;

/** Queues hide and delay messages by the virtual clock too. */
async function followClock() {
  const realNow = Date.now;
  let offset = 0;
  Date.now = () => realNow() + offset;
  for await (const line of createInterface({ input: process.stdin })) {
    const order = JSON.parse(line);
    offset = Number(order.offset);
    if (order.look) await new Promise((resolve) => setTimeout(resolve, LOOKED_MS));
    say({ done: true });
  }
  process.exit(0);
}

void followClock();
try {
  const [binary] = process.argv.slice(2);
  const tables = binary === undefined ? undefined : await startTables(binary);
  say({ queues: await startQueues(), tables: tables?.url });
} catch (error) {
  say({ error: (error as Error).message });
  process.exit(1);
}
