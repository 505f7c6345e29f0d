/** @module The sale page's entry: ties the flows to the view. */

import type { Admission } from './admission.ts';
import type { Problem, SaleStatus } from './api.ts';
import { buy } from './buying.ts';
import { orderFlow } from './order-flow.ts';
import { rememberedOrders, rememberOrder } from './order-memory.ts';
import { emptyPage } from './page-state.ts';
import { enter, loadSale, waitForTurn, watchStatus } from './sale-flow.ts';
import { saleView } from './sale-view.ts';
import { serverClock } from './server-clock.ts';
import { refusalText, TEXT } from './texts.ts';

/** How often countdowns are drawn: often enough that no second is skipped. */
const DRAW_EVERY_MS = 250;

/** Clocks drift, and phones sleep. */
const SYNC_EVERY_MS = 60_000;

const saleId = location.pathname.split('/')[2] ?? '';
const page = emptyPage();
const clock = serverClock();
const orders = orderFlow(saleId, page, clock, redraw);
const view = saleView({ ...orders, buy: (sku, quantity) => void purchase(sku, quantity) });
let admitted: Admission | undefined;

function redraw(): void {
  view.show(page, clock.now());
}

async function purchase(sku: string, quantity: number): Promise<void> {
  if (!admitted || page.buying) return;
  page.refusals.delete(sku);
  page.buying = { sku, progress: TEXT.buying };
  redraw();
  const result = await buy(admitted, sku, quantity, (problem) => {
    page.buying = { sku, progress: waitText(problem) };
    redraw();
  });
  delete page.buying;
  if (result.kind === 'refused') return refuse(sku, result.problem);
  const { order } = result;
  rememberOrder(saleId, order.orderId);
  orders.add({ sku, ...order });
  view.focus(`[data-order-id="${order.orderId}"] [data-action="pay"]`);
}

const waitText = ({ code }: Problem): string => {
  if (code === 'paused') return TEXT.paused;
  return code === 'unreachable' ? TEXT.unreachable : TEXT.inLine;
};

function refuse(sku: string, problem: Problem): void {
  page.refusals.set(sku, refusalText(problem));
  const stock = page.stock.get(sku);
  if (problem.code === 'sold-out' && stock) {
    page.stock.set(sku, { ...stock, soldOut: true, remaining: 0 });
  }
  if (problem.code === 'closed') page.phase = 'closed';
  redraw();
  view.focus(`[data-sku="${sku}"] [data-action="buy"]`);
}

function onPhase(phase: SaleStatus['phase']): void {
  page.phase = phase;
  redraw();
}

/** Orders of earlier visits, and the one that the shopper comes back with from the payment provider. */
function restoreOrders(): void {
  const query = new URLSearchParams(location.search);
  const returned = query.get('order');
  const isDeclined = query.get('payment') === 'declined';
  if (isDeclined) history.replaceState(null, '', location.pathname);
  if (returned) rememberOrder(saleId, returned);
  for (const id of rememberedOrders(saleId)) {
    const message = id === returned && isDeclined ? TEXT.declined : '';
    void orders.restore(id, { checking: id === returned && !isDeclined, message });
  }
}

async function main(): Promise<void> {
  redraw();
  if (!(await loadSale(saleId, page, redraw))) return;
  setInterval(redraw, DRAW_EVERY_MS);
  setInterval(() => void clock.sync(), SYNC_EVERY_MS);
  document.addEventListener('visibilitychange', () => void clock.sync());
  const [isIn] = await Promise.all([enter(), clock.sync()]);
  void watchStatus(saleId, page, clock, onPhase);
  if (!isIn) {
    page.stage = 'no-session';
    return redraw();
  }
  restoreOrders();
  admitted = await waitForTurn(saleId, page, clock, redraw);
  page.stage = admitted ? 'open' : 'closed';
  redraw();
}

// A page that the browser kept in memory while the shopper was at the provider knows nothing of the payment.
addEventListener('pageshow', (event) => {
  if (event.persisted) location.reload();
});

void main();
