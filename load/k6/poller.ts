/** @module Somebody who looks at the sale's page and at orders again and again. */

import type { Reply } from '../client.ts';
import { sleep } from '../patience.ts';
import type { Judged } from './ledger.ts';
import type { Player } from './player.ts';

/** As often as the page asks; a little apart, as browsers are. */
const LOOK_EVERY_MS = 1_000;

/** Looks once at everything. @param orderId An order of this shopper, if there is one */
export async function pollOnce(player: Player, orderId: string | undefined): Promise<void> {
  const { stage, shopper } = player;
  const { saleId, sku } = stage.facts;
  const page = await player.ask('status', 'GET', `/api/sales/${saleId}`);
  if (page.status === 200) stage.tell.judge(judgeSalePage(page, sku, stage.settings.units));
  const headers = { cookie: shopper.cookie };
  if (orderId !== undefined) {
    await player.ask('order', 'GET', `/api/orders/${orderId}`, { headers });
    const reply = await player.ask('order', 'GET', `/api/orders/${strange(orderId)}`, { headers });
    stage.tell.judge(judgeStranger(reply));
  }
  await sleep(LOOK_EVERY_MS * (1 + shopper.chance() / 2));
}

/** The id of an order that is nobody's, or somebody else's: which of the two is not said. */
export function strange(orderId: string): string {
  const at = orderId.lastIndexOf('.') + 1;
  return `${orderId.slice(0, at)}${orderId[at] === 'A' ? 'B' : 'A'}${orderId.slice(at + 1)}`;
}

function judgeStranger(reply: Reply): Judged {
  const why = reply.status === 200 ? 'saw an order that is not its own' : undefined;
  return { rule: 'stranger', why };
}

/** @param units How many the item has in all; 0: not known */
export function judgeSalePage({ body }: Pick<Reply, 'body'>, sku: string, units: number): Judged {
  return { rule: 'sale-page', why: phaseFlaw(body) ?? countFlaw(itemIn(body, sku), units) };
}

type Item = Readonly<Record<string, unknown>> | undefined;

const itemIn = ({ items }: Reply['body'], sku: string): Item =>
  Array.isArray(items) ? (items as Item[]).find((item) => item?.['sku'] === sku) : undefined;

function phaseFlaw(body: Reply['body']): string | undefined {
  const { phase, nowEpochMs: now, opensAtEpochMs: opens, closesAtEpochMs: closes } = body;
  const isBefore = Number(now) < Number(opens);
  const isAfter = Number(now) >= Number(closes);
  // Operators may close a sale before its time, even before its opening.
  const inTime = isBefore ? ['scheduled', 'closed'] : ['open', 'paused', 'closed'];
  return (isAfter ? ['closed'] : inTime).includes(String(phase))
    ? undefined
    : `phase ${phase} at ${now}, from ${opens} to ${closes}`;
}

function countFlaw(item: Item, units: number): string | undefined {
  if (item === undefined) return 'the item is not on the page';
  const { remaining, unpaid } = item;
  const isCount = (value: unknown) => Number.isInteger(value) && Number(value) >= 0;
  if (!isCount(unpaid)) return `${unpaid} units unpaid`;
  if (remaining === null) return undefined;
  const isPossible = isCount(remaining) && (units === 0 || Number(remaining) <= units);
  return isPossible ? undefined : `${remaining} units remain of ${units}`;
}
