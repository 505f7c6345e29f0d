/** @module The look at a sale before anybody comes: whether it can be played at all, and when the first shoppers come. */

import type { Reply } from '../client.ts';
import { serverTime } from '../server-time.ts';
import { clientOf, type Send } from './player.ts';
import type { Settings } from './settings.ts';
import type { SaleFacts } from './watch.ts';

/** Who aims at an opening that is further away has probably aimed at the wrong sale. */
const LONGEST_WAIT_MS = 10 * 60_000;

/** As the page's; whoever has none is asked for more work. */
const DEVICE_CHARS = 22;

export type Ahead =
  | {
      readonly kind: 'found';
      readonly facts: SaleFacts;
      /** How long until the first shoppers come. */
      readonly waitMs: number;
    }
  | { readonly kind: 'refused'; readonly why: string };

/**
 * @param token An ID token, where shoppers sign in
 * @throws {Error} when nobody answers
 */
export async function lookAhead(
  settings: Settings,
  send: Send,
  token: string | undefined,
): Promise<Ahead> {
  const refused = (why: string): Ahead => ({ kind: 'refused', why: `Cannot run: ${why}` });
  const time = await serverTime(clientOf(send));
  const page = await send('status', 'GET', `/api/sales/${settings.sale}`);
  const item = itemIn(page, settings.sku);
  if (page.status !== 200) return refused(`sale "${settings.sale}" is answered ${page.status}`);
  if (item === undefined) {
    return refused(`sale "${settings.sale}" has no item "${settings.sku}"`);
  }
  const opensAt = Number(page.body['opensAtEpochMs']);
  const closesAt = Number(page.body['closesAtEpochMs']);
  const waitMs = Math.max(0, opensAt - settings.leadSeconds * 1000 - time());
  if (time() >= closesAt) return refused(`sale "${settings.sale}" is over`);
  if (waitMs > LONGEST_WAIT_MS) {
    const minutes = Math.round(waitMs / 60_000);
    return refused(`sale "${settings.sale}" begins in ${minutes} min, more than 10`);
  }
  const work = await workOf(settings, send, token);
  if (work === undefined) {
    return refused(token ? 'the first of TOKENS is refused' : 'guests are refused; see TOKENS');
  }
  if (work > settings.mostWork) {
    return refused(
      `challenges go up to ${work}, MOST_WORK is ${settings.mostWork}: one machine solves those of all shoppers`,
    );
  }
  const facts = {
    ...{ saleId: settings.sale, sku: item.sku, limit: item.limitPerShopper, opensAt, closesAt },
    offset: time() - Date.now(),
    startsAt: time() + waitMs,
  };
  return { kind: 'found', facts, waitMs };
}

type Item = { readonly sku: string; readonly limitPerShopper: number };

/** The item of that SKU, or the first one where none is named. */
function itemIn({ body }: Reply, sku: string): Item | undefined {
  const items = Array.isArray(body['items']) ? (body['items'] as readonly Item[]) : [];
  return sku === '' ? items[0] : items.find((item) => item.sku === sku);
}

/** The largest number of a challenge; 0 where there are none, nothing where there is no session to be had. */
async function workOf(
  { sale }: Settings,
  send: Send,
  token: string | undefined,
): Promise<number | undefined> {
  const device = { 'x-device': 'A'.repeat(DEVICE_CHARS) };
  const headers = { ...device, ...(token && { authorization: `Bearer ${token}` }) };
  const session = await send('session', 'POST', '/api/session', { headers });
  const [cookie = ''] = String(session.headers['set-cookie'] ?? '').split(';', 1);
  if (session.status !== 204) return undefined;
  const path = `/api/sales/${sale}/challenge`;
  const { body } = await send('challenge', 'GET', path, { headers: { ...device, cookie } });
  return Number(body['maxnumber'] ?? 0);
}
