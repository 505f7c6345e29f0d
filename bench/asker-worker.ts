/**
 * @module
 * Asks over plain sockets, one request at a time on each. Clients that do more for an answer take so much of the second
 * core that they would be measured themselves.
 */

import { connect, type Socket } from 'node:net';
import { parentPort, workerData } from 'node:worker_threads';
import type { Asked, Asking } from './asker.ts';

const { origin, requests, each, status, connections, ms, awake } = workerData as Asking;
const { hostname, port } = new URL(origin);

const wanted = `HTTP/1.1 ${status} `;
let sent = 0;
const took: number[] = [];

/** The next request, or none where time or requests are over. */
function next(until: number): string | undefined {
  if (each !== 'all' && performance.now() >= until) return undefined;
  const at = sent++;
  if (each === 'again') return requests[at % requests.length];
  if (at < requests.length || each === 'all') return requests[at];
  throw new Error(`Cannot measure: ${requests.length} requests did not last for ${ms} ms`);
}

function ask(until: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host: hostname, port: Number(port), noDelay: true });
    let askedAt = 0;
    let seen = '';
    const send = () => {
      const request = next(until);
      if (request === undefined) return end(socket, resolve);
      askedAt = performance.now();
      socket.write(request);
    };
    const read = (chunk: string) => {
      seen += chunk;
      if (!isWhole(seen)) return;
      if (!seen.startsWith(wanted)) throw new Error(`Cannot measure: answered ${seen}`);
      seen = '';
      took.push(performance.now() - askedAt);
      send();
    };
    const orFail =
      <T extends unknown[]>(run: (...given: T) => void) =>
      (...given: T) => {
        try {
          run(...given);
        } catch (error) {
          socket.destroy();
          reject(error);
        }
      };
    socket.setEncoding('latin1').on('data', orFail(read)).on('connect', orFail(send));
    socket.on('error', reject).on('close', () => reject(new Error('The connection was closed')));
  });
}

function end(socket: Socket, done: () => void) {
  done();
  socket.destroy();
}

/** Whether an answer is there to its end, be its length said or not. */
function isWhole(text: string): boolean {
  const head = text.indexOf('\r\n\r\n');
  if (head < 0) return false;
  const length = /\r\ncontent-length: (\d+)/i.exec(text.slice(0, head))?.[1];
  return length === undefined
    ? text.endsWith('\r\n0\r\n\r\n') || /^HTTP\/1.1 (204|304) /.test(text)
    : text.length >= head + 4 + Number(length);
}

function stayAwake(until: number) {
  if (performance.now() < until) setImmediate(stayAwake, until);
}

const began = performance.now();
if (awake) stayAwake(began + ms);
await Promise.all(Array.from({ length: connections }, () => ask(began + ms)));
const asked: Asked = {
  answered: took.length,
  ms: performance.now() - began,
  latencies: Float64Array.from(took).sort(),
};
parentPort?.postMessage(asked);
