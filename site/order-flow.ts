/** @module What becomes of an order on this page: looking after it, paying, cancelling, dismissing. */

import { type Answer, cancelOrder, checkout, fetchOrder, type Order } from './api.ts';
import { texts } from './language.ts';
import { forgetOrder, rememberedOrders } from './order-memory.ts';
import type { OrderActions } from './order-view.ts';
import type { OrderOnPage, Page } from './page-state.ts';
import { refusalText } from './refusals.ts';
import type { ServerClock } from './server-clock.ts';
import { jittered, sleep } from './waiting.ts';
import { pause, visible } from './waking.ts';

/** How long the page waits for the provider's word before it offers to pay again. */
const CHECKING_MS = 30_000;

type OrderFlow = OrderActions & {
  /** Puts an order on the page and looks after it until it is paid or released. */
  add(order: Order, options?: { checking?: boolean; message?: string }): void;
  /** The same for an order of which only the id is known; one that is not ours is forgotten. */
  restore(orderId: string, options?: { checking?: boolean; message?: string }): Promise<void>;
  /** Follows what another tab has remembered or forgotten. */
  follow(): void;
};

export function orderFlow(saleId: string, page: Page, clock: ServerClock, redraw: () => void) {
  const find = (id: string) => page.orders.find(({ order }) => order.orderId === id);
  const act = acting(find, redraw);

  const flow: OrderFlow = {
    add(order, { checking = false, message = '' } = {}) {
      page.orders = page.orders.filter((shown) => shown.order.orderId !== order.orderId);
      const shown = { order, checking, message, busy: false };
      const ids = rememberedOrders(saleId);
      page.orders = [shown, ...page.orders].sort((a, b) => rank(ids, a) - rank(ids, b));
      if (checking) void stopChecking(shown, redraw);
      void watch(shown, page, clock, redraw);
      redraw();
    },
    async restore(orderId, options) {
      const answer = await untilAnswered(() => fetchOrder(orderId));
      if (answer.ok) flow.add(answer.value, options);
      else forgetOrder(saleId, orderId);
    },
    follow() {
      const ids = rememberedOrders(saleId);
      page.orders = page.orders.filter(({ order }) => ids.includes(order.orderId));
      for (const id of ids.filter((other) => !find(other))) void flow.restore(id);
      redraw();
    },
    pay: (id) =>
      void act(id, texts().redirecting, async () => {
        const answer = await checkout(id);
        if (!answer.ok) return refusalText(texts(), answer.problem);
        location.assign(answer.value.redirectUrl);
        return texts().redirecting;
      }),
    cancel: (id) =>
      void act(id, texts().cancelling, async (shown) => {
        const answer = await cancelOrder(id);
        if (!answer.ok) return refusalText(texts(), answer.problem);
        shown.order = { ...shown.order, ...answer.value };
        return '';
      }),
    dismiss(id) {
      page.orders = page.orders.filter(({ order }) => order.orderId !== id);
      forgetOrder(saleId, id);
      redraw();
    },
  };
  return flow;
}

/** Runs one action of an order at a time, and shows what it answers. */
const acting =
  (find: (id: string) => OrderOnPage | undefined, redraw: () => void) =>
  async (id: string, message: string, run: (shown: OrderOnPage) => Promise<string>) => {
    const shown = find(id);
    if (!shown || shown.busy) return;
    Object.assign(shown, { busy: true, message });
    redraw();
    Object.assign(shown, { message: await run(shown), busy: false });
    redraw();
  };

/** Asks what became of an order until it is paid, released or dismissed. */
async function watch(
  shown: OrderOnPage,
  page: Page,
  clock: ServerClock,
  redraw: () => void,
): Promise<void> {
  for (let looks = 0; shown.order.status === 'RESERVED' && page.orders.includes(shown); looks++) {
    await pause(jittered(pauseMs(shown, looks, clock.now())));
    await visible();
    const answer = await fetchOrder(shown.order.orderId);
    if (answer.ok) shown.order = { ...shown.order, ...answer.value };
    redraw();
  }
}

/** Where an order stands among the remembered ones, which are the newest first. */
const rank = (ids: readonly string[], { order }: OrderOnPage): number => ids.indexOf(order.orderId);

/** Quick while the provider's word is due, then slower; around the end of the payment window often enough to see it. */
function pauseMs({ order, checking }: OrderOnPage, looks: number, nowMs: number): number {
  if (checking) return Math.min(800 * 1.5 ** looks, 5000);
  return nowMs > (order.payByEpochMs ?? nowMs) ? 5000 : 10_000;
}

async function stopChecking(shown: OrderOnPage, redraw: () => void): Promise<void> {
  await sleep(CHECKING_MS);
  shown.checking = false;
  if (shown.order.status === 'RESERVED') shown.message = texts().unconfirmed;
  redraw();
}

/** Asks until there is a word about the order itself; being offline or turned away for a while is none. */
async function untilAnswered(ask: () => Promise<Answer<Order>>): Promise<Answer<Order>> {
  for (;;) {
    const answer = await ask();
    const isFinal =
      answer.ok || ['unknown-order', 'bad-request', 'unknown-sale'].includes(answer.problem.code);
    if (isFinal) return answer;
    await pause(jittered(3000));
  }
}
