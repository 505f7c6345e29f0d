/**
 * @module
 * The desk that every request passes: it sends it on, holds the answer to the document and to what must never be in one,
 * and says in a header what is wrong.
 */

import { Agent, createServer, type IncomingMessage, request } from 'node:http';
import { buffer } from 'node:stream/consumers';
import type { HttpRequest, HttpResponse } from '../../local/http-message.ts';
import { type Listening, listen } from '../../local/listening.ts';
import { validateAnswer } from '../support/openapi.ts';

/** Sends a request on. */
export type Onward = (request: HttpRequest) => Promise<HttpResponse>;

export type DeskOptions = {
  readonly onward: Onward;
  /** Whether the document says what a request is answered here. */
  readonly isHeld: (asked: HttpRequest) => boolean;
  /** What must be in no answer, by name. */
  readonly secrets: Readonly<Record<string, string>>;
  /** Takes each answer that was given. */
  readonly note: (asked: HttpRequest, answer: HttpResponse) => void;
};

/** A line of a stack trace, or the folder that only a build machine has. */
const STACK = /\bat [\w.<> ]+ \(.+:\d+:\d+\)|node_modules/;

export async function openDesk(options: DeskOptions): Promise<Listening> {
  const server = createServer(async (incoming, outgoing) => {
    try {
      const asked = await readRequest(incoming);
      const answer = await options.onward(asked);
      options.note(asked, answer);
      const complaint = complaintOf(asked, answer, options);
      const said = complaint && { 'x-fuzz-complaint': encodeURIComponent(complaint) };
      outgoing.writeHead(answer.status, { ...answer.headers, ...said });
      outgoing.end(answer.body);
    } catch (error) {
      const said = encodeURIComponent(`no answer: ${(error as Error).stack}`);
      outgoing.writeHead(500, { 'x-fuzz-complaint': said }).end();
    }
  });
  return listen(server, 0);
}

async function readRequest(incoming: IncomingMessage): Promise<HttpRequest> {
  const [path = '/', ...search] = (incoming.url ?? '/').split('?');
  return {
    method: incoming.method ?? 'GET',
    path,
    search: search.join('?'),
    headers: incoming.headers as Record<string, string>,
    body: await buffer(incoming),
    sourceIp: '192.0.2.1',
  };
}

/** What is wrong with an answer, or nothing. */
export function complaintOf(
  asked: HttpRequest,
  answer: HttpResponse,
  { secrets, isHeld }: Pick<DeskOptions, 'secrets' | 'isHeld'>,
): string | undefined {
  const text = Buffer.from(answer.body as string).toString();
  const all = `${JSON.stringify(answer.headers)}\n${text}`;
  const leaked = Object.keys(secrets).filter((name) => all.includes(secrets[name] ?? ''));
  if (leaked.length > 0) return `the answer has a secret in it: ${leaked.join(', ')}`;
  if (STACK.test(all)) return `the answer has a stack trace in it: ${text.slice(0, 300)}`;
  if (!isHeld(asked)) return undefined;
  try {
    validateAnswer(asked.method, asked.path, answer.status, answer.headers, text);
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}

/** Over HTTP to the site, as it was written: `fetch` would tidy it first. */
export function toSite(siteUrl: string): { readonly onward: Onward; close(): void } {
  const agent = new Agent({ keepAlive: true });
  const { hostname, port } = new URL(siteUrl);
  const onward: Onward = ({ method, path, search, headers, body }) =>
    new Promise((resolve, reject) => {
      const target = search === '' ? path : `${path}?${search}`;
      const { 'transfer-encoding': _, connection: __, ...kept } = headers;
      const sent = { ...kept, ...(body.length > 0 && { 'content-length': body.length }) };
      const options = { agent, hostname, port, method, path: target, headers: sent };
      const outgoing = request(options, (incoming) => {
        buffer(incoming).then((read) => resolve(answerOf(incoming, read)), reject);
      });
      outgoing.on('error', reject);
      outgoing.end(body);
    });
  return { onward, close: () => agent.destroy() };
}

function answerOf(incoming: IncomingMessage, body: Uint8Array): HttpResponse {
  const {
    connection: _,
    'keep-alive': __,
    'transfer-encoding': ___,
    ...headers
  } = incoming.headers;
  return { status: incoming.statusCode ?? 0, headers: headers as HttpResponse['headers'], body };
}
