/** @module What a fake shop is asked: which route, by whom, with what. */

import type { IncomingMessage } from 'node:http';

export type Visit = {
  readonly url: URL;
  readonly shopper: string;
  readonly solution: string;
  readonly body: string;
};

type Route =
  | 'time'
  | 'status'
  | 'session'
  | 'challenge'
  | 'ticket'
  | 'flag'
  | 'buy'
  | 'checkout'
  | 'order'
  | 'page'
  | 'pay';

export const ROUTES: readonly (readonly [RegExp, Route])[] = [
  [/^GET \/api\/time$/, 'time'],
  [/^GET \/api\/sales\/night$/, 'status'],
  [/^POST \/api\/session$/, 'session'],
  [/^GET \/api\/sales\/[^/]+\/challenge$/, 'challenge'],
  [/^POST \/api\/sales\/[^/]+\/ticket$/, 'ticket'],
  [/^GET \/sales\/[^/]+\/sale\.js$/, 'flag'],
  [/^POST \/api\/sales\/[^/]+\/[^/]+\/orders$/, 'buy'],
  [/^POST \/api\/orders\/[^/]+\/checkout$/, 'checkout'],
  [/^GET \/api\/orders\/[^/]+$/, 'order'],
  [/^GET \/checkout$/, 'page'],
  [/^POST \/checkout\/pay$/, 'pay'],
];

/** The number in a solution. */
export function numberIn(solution: string): number | undefined {
  if (solution === '') return undefined;
  return JSON.parse(Buffer.from(solution, 'base64').toString()).number;
}

export async function visitOf(request: IncomingMessage): Promise<Visit> {
  const url = new URL(request.url ?? '/', `http://${request.headers.host}`);
  const [, shopper = ''] = /fs_session=([^;]+)/.exec(request.headers.cookie ?? '') ?? [];
  let body = '';
  for await (const chunk of request) body += chunk;
  return { url, shopper, solution: String(request.headers['x-solution'] ?? ''), body };
}
