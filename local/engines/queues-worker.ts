/**
 * @module
 * fauxqs (queues, buckets) in a thread of its own: there it can be given the virtual clock, for queues hide and delay
 * messages by `Date.now()`. It is called by messages; it listens too, for whoever speaks HTTP.
 */

import { parentPort } from 'node:worker_threads';
import { buildApp } from 'fauxqs';
import { gathered } from './gathered.ts';
import type { Answer, FromQueues, QueueCall, ToQueues } from './queues-thread.ts';

const HOST = '127.0.0.1';

/** fauxqs looks every 20 ms, while anybody waits for a message. A later timer of this thread fires after that one. */
const LOOKED_MS = 25;

const realNow = Date.now;
let offset = 0;
Date.now = () => realNow() + offset;

type Reply = { status(code: number): Reply; header(name: string, value: string): Reply };
type Handler = (request: object, reply: Reply) => Promise<object>;

const post = gathered<Answer>((answers) => parentPort?.postMessage(answers));

const app = buildApp({ logger: false });
const answerJson = await handlerOf('POST', '/');
const url = await app.listen({ host: HOST, port: 0 });
const { host } = new URL(url);

/** What answers the JSON protocol, to be called as it is: Fastify around it costs ten times as much. */
async function handlerOf(method: 'POST', path: string): Promise<Handler> {
  let found: unknown;
  app.addHook('onRequest', async ({ routeOptions }) => {
    found ??= routeOptions.handler;
  });
  await app.inject({ method, url: path });
  return found as Handler;
}

async function answer(call: QueueCall): Promise<FromQueues> {
  return 'target' in call ? ofQueues(call) : ofBuckets(call);
}

async function ofQueues({
  id,
  target,
  body,
}: Extract<QueueCall, { target: string }>): Promise<FromQueues> {
  const headers: Record<string, string> = {};
  let status = 200;
  const reply: Reply = {
    status: (code) => {
      status = code;
      return reply;
    },
    header: (name, value) => {
      headers[name] = value;
      return reply;
    },
  };
  const request = {
    headers: { host, 'content-type': 'application/x-amz-json-1.0', 'x-amz-target': target },
    body: JSON.parse(body as string),
  };
  const document = await answerJson(request, reply);
  return { id, status, headers, body: JSON.stringify(document) };
}

async function ofBuckets({
  id,
  ...call
}: Extract<QueueCall, { path: string }>): Promise<FromQueues> {
  const { method, path, headers, body } = call;
  const payload = typeof body === 'string' ? body : Buffer.from(body);
  const options = { method: method as 'GET', url: path, headers: { ...headers, host } };
  const response = await app.inject({ ...options, ...(payload.length > 0 && { payload }) });
  const { statusCode: status, rawPayload } = response;
  return { id, status, headers: response.headers as Record<string, string>, body: rawPayload };
}

async function follow({ id, offset: to, look }: Extract<ToQueues, { offset: number }>) {
  offset = to;
  if (look) await new Promise((resolve) => setTimeout(resolve, LOOKED_MS));
  post({ id });
}

function take(message: ToQueues) {
  if ('offset' in message) return void follow(message);
  answer(message).then(post, (error: Error) => post({ id: message.id, error: error.message }));
}

parentPort?.on('message', (messages: readonly ToQueues[]) => {
  for (const message of messages) take(message);
});

parentPort?.postMessage({ url });
