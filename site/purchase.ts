/** @module A press of Buy: one at a time in all tabs, shown while it lasts, and never forgotten before its answer. */

import type { Admission } from './admission.ts';
import type { Order, Problem, Ticket } from './api.ts';
import { buy, isUnsure, type Wish } from './buying.ts';
import { exclusively } from './exclusive.ts';
import { texts } from './language.ts';
import { noteAsked, rememberedOrders, rememberOrder } from './order-memory.ts';
import { type Page, skuOf } from './page-state.ts';
import { refusalText } from './refusals.ts';
import { waitUntil } from './sale-flow.ts';
import type { ServerClock } from './server-clock.ts';
import { sleep } from './waiting.ts';

/** The button stays pressed at least so long, whatever the answer: a double click is one click. */
const THROTTLE_MS = 1000;

/** What a purchase has to do with. */
export type Till = {
  readonly saleId: string;
  readonly page: Page;
  readonly clock: ServerClock;
  readonly admission: Admission;
  readonly redraw: () => void;
  readonly addOrder: (order: Order) => void;
  readonly focus: (selector: string) => void;
};

/** Buys, and answers why it was refused, if it was. */
export async function purchase(
  till: Till,
  sku: string,
  quantity: number,
): Promise<Problem | undefined> {
  const { saleId, page, redraw, focus } = till;
  if (page.buying) return undefined;
  let refusal: Problem | undefined;
  const known = new Set(rememberedOrders(saleId));
  const others = () =>
    rememberedOrders(saleId).filter((id) => skuOf({ orderId: id }) === sku && !known.has(id));
  page.refusals.delete(sku);
  say(till, sku, texts().buying);
  await exclusively(
    `flash-sale.buy.${saleId}.${sku}`,
    () => say(till, sku, texts().otherTab),
    () => others().length > 0,
    async () => {
      refusal = await buyHere(till, { sku, quantity, again: page.unsure.has(sku) });
    },
  );
  delete page.buying;
  redraw();
  const [orderId] = others();
  focus(
    orderId
      ? `[data-order-id="${orderId}"] [data-action="pay"]`
      : `[data-sku="${sku}"] [data-action="buy"]`,
  );
  return refusal;
}

function say({ page, redraw }: Till, sku: string, progress: string): void {
  page.buying = { sku, progress };
  redraw();
}

async function buyHere(till: Till, wish: Wish): Promise<Problem | undefined> {
  const { saleId, page } = till;
  const { sku } = wish;
  const pressed = performance.now();
  const result = await buy(till.admission, wish, {
    onTicket: (ticket) => reachSlot(till, sku, ticket),
    onWait: (problem) => say(till, sku, waitText(problem)),
  });
  const isLost = result.kind === 'refused' && isUnsure(result.problem);
  noteAsked(saleId, sku, isLost);
  page.unsure[isLost ? 'add' : 'delete'](sku);
  if (result.kind === 'order') {
    rememberOrder(saleId, result.order.orderId);
    till.addOrder({ sku, ...result.order });
    return undefined;
  }
  await sleep(Math.max(0, THROTTLE_MS - (performance.now() - pressed)));
  refuse(page, sku, result.problem);
  return result.problem;
}

/** After a pause everybody's turn comes anew: the page counts down to it before it asks. */
async function reachSlot(till: Till, sku: string, ticket: Ticket): Promise<void> {
  const { saleId, page, clock } = till;
  page.place = ticket;
  if (ticket.slotEpochMs > clock.now()) {
    page.stage = 'slot';
    say(till, sku, texts().slot);
    await waitUntil(clock, ticket.slotEpochMs);
    page.stage = 'open';
    say(till, sku, texts().buying);
  }
  // From here on an order may be made, whatever becomes of this page.
  noteAsked(saleId, sku, true);
}

const waitText = ({ code }: Problem): string => {
  if (code === 'paused') return texts().paused;
  return code === 'unreachable' ? texts().offline : texts().inLine;
};

function refuse(page: Page, sku: string, problem: Problem): void {
  page.refusals.set(sku, refusalText(texts(), problem, page.sale?.access));
  const stock = page.stock.get(sku);
  if (problem.code === 'sold-out' && stock) {
    page.stock.set(sku, { ...stock, soldOut: true, remaining: 0 });
  }
  if (problem.code === 'closed') page.phase = 'closed';
}
