/** @module From the page's first second to the open door: session, catalogue, clock, opening, slot, stock. */

import { type Admission, admission } from './admission.ts';
import { beginSession, fetchSale, fetchStatus, type ItemStatus, type SaleStatus } from './api.ts';
import type { Page } from './page-state.ts';
import { findDoor } from './sale-flag.ts';
import type { ServerClock } from './server-clock.ts';
import { shownNext } from './stock-shown.ts';
import { visible } from './visibility.ts';
import { jittered, retryDelayMs, sleep } from './waiting.ts';

/** Shown counts are at most this old, and half as much again. */
const STATUS_EVERY_MS = 3000;

/** Before the opening there is little to see, and a crowd to spare the shop from. */
const SCHEDULED_EVERY_MS = 15_000;

/** Fine enough for a countdown; the last wait ends at the instant itself. */
const STEP_MS = 500;

/** Loads the sale, waiting out a bad connection; false when there is none of that name. */
export async function loadSale(saleId: string, page: Page, redraw: () => void): Promise<boolean> {
  for (let attempt = 0; ; attempt++) {
    const answer = await fetchSale(saleId);
    if (answer.ok) {
      page.sale = answer.value;
      page.stage = 'waiting';
    } else if (!['unreachable', 'unavailable', 'too-many-requests'].includes(answer.problem.code)) {
      page.stage = 'unknown';
    }
    redraw();
    if (page.stage !== 'loading') return page.stage === 'waiting';
    await sleep(retryDelayMs(attempt, undefined));
  }
}

/** Begins a session, waiting out a bad connection; false when the shopper has to sign in. */
export async function enter(): Promise<boolean> {
  for (let attempt = 0; ; attempt++) {
    const answer = await beginSession();
    if (answer.ok) return true;
    if (answer.problem.code === 'session-missing') return false;
    await sleep(retryDelayMs(attempt, answer.problem.retryAfterSeconds));
  }
}

/** Waits for the opening, the door key and the shopper's slot; nothing when the sale is over before. */
export async function waitForTurn(
  saleId: string,
  page: Page,
  clock: ServerClock,
  redraw: () => void,
): Promise<Admission | undefined> {
  const { opensAtEpochMs = 0, closesAtEpochMs = 0 } = page.sale ?? {};
  const isOver = () => page.phase === 'closed' || clock.now() >= closesAtEpochMs;
  await waitUntil(clock, opensAtEpochMs);
  page.stage = 'opening';
  redraw();
  const door = await findDoor(saleId, 1, isOver);
  if (!door) return undefined;
  const admitted = admission(saleId, door, clock, isOver);
  for (let attempt = 0; !isOver(); attempt++) {
    const answer = await admitted.ticket();
    if (answer.ok) {
      page.slotEpochMs = answer.value.slotEpochMs;
      page.stage = clock.now() < answer.value.slotEpochMs ? 'slot' : 'open';
      redraw();
      await waitUntil(clock, answer.value.slotEpochMs);
      return admitted;
    }
    await sleep(retryDelayMs(attempt, answer.problem.retryAfterSeconds));
  }
  return undefined;
}

/** In small steps, since the clock may be set right, or the machine may sleep, meanwhile. */
async function waitUntil(clock: ServerClock, epochMs: number): Promise<void> {
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
      takeStock(page, answer.value.items);
      onPhase(answer.value.phase);
      if (answer.value.phase === 'closed') return;
    }
    const isFarOff = opensAt - clock.now() > 2 * SCHEDULED_EVERY_MS;
    await sleep(jittered(isFarOff ? SCHEDULED_EVERY_MS : STATUS_EVERY_MS));
  }
}

function takeStock(page: Page, items: readonly ItemStatus[]): void {
  for (const item of items) {
    page.stock.set(item.sku, shownNext(page.stock.get(item.sku), item));
  }
}
