/** @module What shoppers get of a site, and what its edge takes the time for. Nothing here needs more than its address. */

import type { PageFacts } from '../domain/preflight-facts.ts';
import { type Learnt, learnt } from '../domain/preflight-line.ts';
import { jsonIn, look } from './account-http.ts';

/** A shopper has gone by then. */
const PATIENCE_MS = 10_000;

/** Asks for the files of a sale's page, and for the time. @param now the clock of this machine */
export async function siteFacts(
  siteUrl: string,
  saleId: string,
  now: () => number,
): Promise<PageFacts> {
  const get = (path: string) => look(`${siteUrl}${path}`, PATIENCE_MS);
  const [page, data, list, flag, clock] = await Promise.all([
    get(`/sales/${saleId}/`),
    get(`/sales/${saleId}/sale.json`),
    get('/sales/index.json'),
    // A version that no page asks for: it is answered by the origin, and stays under no address that shoppers use.
    get(`/sales/${saleId}/sale.js?v=preflight-${now()}`),
    clockOf(siteUrl, now),
  ]);
  return { page, data, list, flag, clock };
}

/** The edge read its clock somewhere between question and answer: in the middle, as far as anybody can tell. */
async function clockOf(siteUrl: string, now: () => number): Promise<PageFacts['clock']> {
  const asked = now();
  const said: Learnt<{ readonly epochMs?: unknown }> = jsonIn(
    await look(`${siteUrl}/api/time`, PATIENCE_MS),
  );
  const answered = now();
  if (said.kind === 'unknown') return said;
  const aheadMs = (asked + answered) / 2 - Number(said.value.epochMs);
  return learnt({ aheadMs, errorMs: (answered - asked) / 2 });
}
