/** @module From the page's first second to the shopper's turn: catalogue, session, opening, slot, stock. */

import type { Admission } from './admission.ts';
import {
  beginSession,
  fetchSale,
  fetchStatus,
  type ItemStatus,
  isPassing,
  type SaleStatus,
} from './api.ts';
import { type Page, takeClosing } from './page-state.ts';
import type { ServerClock } from './server-clock.ts';
import { hasReturned, shownNext } from './stock-shown.ts';
import { jittered, retryDelayMs, sleep } from './waiting.ts';
import { pause, visible } from './waking.ts';

/** Shown counts are at most this old, and half as much again. */
const STATUS_EVERY_MS = 3000;

/** Before the opening there is little to see, and a crowd to spare the shop from. */
const SCHEDULED_EVERY_MS = 15_000;

/** Fine enough for a countdown; the last wait ends at the instant itself. */
const STEP_MS = 500;

/** Long enough for somebody who looked away. */
const RETURNED_MS = 30_000;

/** Loads the sale, waiting out a bad connection; false when there is none of that name. */
export async function loadSale(saleId: string, page: Page, redraw: () => void): Promise<boolean> {
  for (let attempt = 0; ; attempt++) {
    const answer = await fetchSale(saleId);
    if (answer.ok) page.sale = answer.value;
    else if (!isPassing(answer.problem)) {
      page.stage = 'unknown';
    }
    redraw();
    if (page.sale || page.stage === 'unknown') return page.sale !== undefined;
    await pause(retryDelayMs(attempt, undefined));
  }
}

/** Begins a session, waiting out a bad connection, and until a shopper who has to sign in has done so. */
export async function enter(page: Page, redraw: () => void): Promise<void> {
  for (let attempt = 0; ; attempt++) {
    const answer = await beginSession();
    if (answer.ok) break;
    const { code, retryAfterSeconds } = answer.problem;
    const isFinal = code === 'session-missing' || code === 'blocked';
    if (isFinal) page.barrier ??= { code };
    redraw();
    // Perhaps they sign in in another tab: then this one goes on when it is looked at again.
    await pause(isFinal ? undefined : retryDelayMs(attempt, retryAfterSeconds));
  }
  page.barrier = undefined;
  redraw();
}

/** Waits for the opening and the door key; false when the sale is over before. */
export async function waitForOpening(
  page: Page,
  admission: Admission,
  clock: ServerClock,
  redraw: () => void,
): Promise<boolean> {
  await waitUntil(clock, page.sale?.opensAtEpochMs ?? 0);
  page.stage = 'opening';
  page.isDrawing = false;
  redraw();
  return admission.findDoor();
}

/** In small steps, since the clock may be set right, or the machine may sleep, meanwhile. */
export async function waitUntil(clock: ServerClock, epochMs: number): Promise<void> {
  for (let left = epochMs - clock.now(); left > 0; left = epochMs - clock.now()) {
    await sleep(Math.min(left, STEP_MS));
  }
}

/** Keeps counts and phase current until the sale is closed; only while somebody looks. */
export async function watchStatus(
  saleId: string,
  page: Page,
  clock: ServerClock,
  onPhase: (phase: SaleStatus['phase']) => void,
): Promise<void> {
  const opensAt = page.sale?.opensAtEpochMs ?? 0;
  for (;;) {
    await visible();
    const answer = await fetchStatus(saleId);
    if (answer.ok) {
      takeStock(page, answer.value.items, clock.now());
      takeClosing(page, answer.value);
      onPhase(answer.value.phase);
      if (answer.value.phase === 'closed') return;
    }
    const isFarOff = opensAt - clock.now() > 2 * SCHEDULED_EVERY_MS;
    await pause(jittered(isFarOff ? SCHEDULED_EVERY_MS : STATUS_EVERY_MS));
  }
}

function takeStock(page: Page, items: readonly ItemStatus[], nowMs: number): void {
  for (const item of items) {
    const shown = page.stock.get(item.sku);
    const next = shownNext(shown, item);
    page.stock.set(item.sku, next);
    if (hasReturned(shown, next)) page.returned.set(item.sku, nowMs + RETURNED_MS);
  }
}
