/** @module The sale page: ties the flows to the view. */

import { type Admission, admission } from './admission.ts';
import { type Sale, type SaleStatus, watchContact } from './api.ts';
import { byId } from './dom.ts';
import { speak, texts } from './language.ts';
import { orderFlow } from './order-flow.ts';
import { askedFor, rememberedOrders, rememberOrder, watchOrders } from './order-memory.ts';
import { emptyPage } from './page-state.ts';
import { takePlace } from './places.ts';
import { purchase } from './purchase.ts';
import { enter, loadSale, waitForOpening, waitUntil, watchStatus } from './sale-flow.ts';
import { type SaleView, saleView } from './sale-view.ts';
import { serverClock } from './server-clock.ts';
import { solver } from './solving.ts';
import { keepRight, wake, watchForWaking } from './waking.ts';

/** How often countdowns are drawn: often enough that no second is skipped. */
const DRAW_EVERY_MS = 250;

/** Refusals after which the shopper needs a new place, and may have to do something for it. */
const LOST_PLACE = new Set(['session-missing', 'code-wrong', 'captcha-required', 'blocked']);

const saleId = location.pathname.split('/')[2] ?? '';
const page = emptyPage();
const clock = serverClock();
const orders = orderFlow(saleId, page, clock, redraw);
let view: SaleView | undefined;
let admitted: Admission | undefined;
let turns = 0;

function redraw(): void {
  view?.show(page, clock.now());
}

const isOver = (): boolean =>
  page.phase === 'closed' || clock.now() >= (page.sale?.closesAtEpochMs ?? 0);

async function press(sku: string, quantity: number): Promise<void> {
  if (!admitted || !view) return;
  const { focus } = view;
  const till = { saleId, page, clock, admission: admitted, redraw, addOrder: orders.add, focus };
  const refusal = await purchase(till, sku, quantity);
  if (!refusal || !LOST_PLACE.has(refusal.code)) return;
  await admitted.renew('ticket');
  await turn(admitted);
}

function enterCode(text: string): void {
  admitted?.enterCode(text);
  wake();
}

async function goToSignIn(): Promise<void> {
  const config = page.sale?.signIn;
  if (!config) return;
  const { signIn } = await import('./sign-in.ts');
  await signIn(config).catch(showSignInFailure);
}

/** Ends a sign-in that the shopper has just come back from. */
async function completeSignIn(): Promise<void> {
  const config = page.sale?.signIn;
  if (!config) return;
  const { completeSignIn: complete } = await import('./sign-in.ts');
  await complete(config).catch(showSignInFailure);
}

function showSignInFailure(error: { readonly code?: string }): void {
  page.barrier = { code: error.code ?? 'sign-in-unavailable' };
  redraw();
}

function onPhase(phase: SaleStatus['phase']): void {
  const isResumed = page.phase === 'paused' && phase === 'open';
  page.phase = phase;
  redraw();
  if (isResumed && admitted) void admitted.renew('ticket').then(() => admitted && turn(admitted));
}

/** Waits for the shopper's slot, with a ticket for it. After a pause it begins anew, and the newest wait counts. */
async function turn(admission: Admission): Promise<void> {
  turns++;
  const mine = turns;
  const isPlaced = await takePlace({ page, admission, isOver, redraw });
  const slotEpochMs = page.place?.slotEpochMs ?? 0;
  page.stage = !isPlaced ? 'closed' : clock.now() < slotEpochMs ? 'slot' : 'open';
  redraw();
  await waitUntil(clock, slotEpochMs);
  if (mine === turns && page.stage === 'slot') page.stage = 'open';
  redraw();
}

/** Orders of earlier visits, and the one that the shopper comes back with from the payment provider. */
function restoreOrders(): void {
  const query = new URLSearchParams(location.search);
  const returned = query.get('order');
  const isDeclined = query.get('payment') === 'declined';
  if (isDeclined || query.has('captcha')) history.replaceState(null, '', location.pathname);
  if (returned) rememberOrder(saleId, returned);
  for (const id of rememberedOrders(saleId)) {
    const message = id === returned && isDeclined ? texts().declined : '';
    void orders.restore(id, { checking: id === returned && !isDeclined, message });
  }
  for (const sku of askedFor(saleId)) page.unsure.add(sku);
  watchOrders(saleId, orders.follow);
}

async function takePart(sale: Sale): Promise<void> {
  await completeSignIn();
  await enter(page, redraw);
  restoreOrders();
  const workerPath = byId('sale').dataset['solver'] ?? '';
  admitted = admission(sale, solver(saleId, clock, workerPath), clock, isOver);
  // Places are taken before the opening, so that nobody needs more than one request when it comes.
  const placed = takePlace({ page, admission: admitted, isOver, redraw });
  const isOpen = await waitForOpening(page, admitted, clock, redraw);
  await placed;
  if (isOpen) return turn(admitted);
  page.stage = 'closed';
  redraw();
}

/** Shows the sale that the address names, until the page is left. */
export async function salePage(): Promise<void> {
  watchForWaking();
  watchContact((isReached) => {
    page.isOffline = !isReached;
  });
  // A page that the browser kept in memory while the shopper was at the provider knows nothing of the payment.
  addEventListener('pageshow', (event) => {
    if (event.persisted) location.reload();
  });
  const right = keepRight(clock);
  await speak();
  const buy = (sku: string, quantity: number) => void press(sku, quantity);
  view = saleView({ ...orders, buy, enterCode, signIn: () => void goToSignIn() });
  redraw();
  const isThere = await loadSale(saleId, page, redraw);
  // Drawn also where there is no sale: the connection may come and go.
  setInterval(redraw, DRAW_EVERY_MS);
  if (!isThere || !page.sale) return;
  await right;
  page.stage = 'waiting';
  redraw();
  void watchStatus(saleId, page, clock, onPhase);
  await takePart(page.sale);
}
