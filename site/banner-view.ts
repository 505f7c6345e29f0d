/** @module The banner: what the sale is doing, a countdown, and when this shopper's own turn comes. */

import type { Sale } from './api.ts';
import { instantText, lengthText, remainingText, timeText } from './countdown.ts';
import { byId, say } from './dom.ts';
import { locale, texts } from './language.ts';
import { isSoldOut, type Page, type Stage, stageOf } from './page-state.ts';
import { barrierText } from './refusals.ts';

/** Lots are 0 to 65535, and people count from 1. */
const LOTS = 65_536;

/** When the sale opens, closes or has closed, whichever is next. */
function timesText(page: Page, { opensAtEpochMs, closesAtEpochMs }: Sale, nowMs: number): string {
  const when = (epochMs: number) => instantText(epochMs, locale());
  const stage = stageOf(page);
  const { endedAt, opensAt, openUntil } = texts();
  // Closed early by the operators: nobody knows here when that was.
  if (stage === 'closed') return closesAtEpochMs > nowMs ? '' : endedAt(when(closesAtEpochMs));
  const isBefore = stage === 'waiting' || stage === 'drawing' || stage === 'loading';
  return isBefore ? opensAt(when(opensAtEpochMs)) : openUntil(when(closesAtEpochMs));
}

/** Shows the times of the sale, what it is doing, and what that means for this shopper. */
export function showBanner(page: Page, nowMs: number): void {
  say(byId('times'), page.sale ? timesText(page, page.sale, nowMs) : '');
  say(byId('place'), isAhead(page) ? placeText(page) : '');
  showLot(page);
  const stage = stageOf(page);
  const soldOut = stage === 'open' && isSoldOut(page);
  const banner = byId('banner');
  banner.dataset['stage'] = page.buying ? 'buying' : soldOut ? 'sold-out' : stage;
  say(byId('status'), page.buying?.progress ?? stageText(stage, soldOut, page));
  const leftMs = waitsUntil(page, stage, nowMs) - nowMs;
  say(byId('countdown'), leftMs > 0 ? remainingText(leftMs, texts().days) : '');
}

function stageText(stage: Stage, soldOut: boolean, { barrier, sale, stock }: Page): string {
  const isShut = barrier && (stage === 'opening' || stage === 'open');
  if (isShut) return barrierText(texts(), barrier, sale?.access);
  if (!soldOut) return texts()[stage];
  const mayReturn = [...stock.values()].some(({ unpaid }) => unpaid > 0);
  return mayReturn ? texts().soldOutNow : texts().soldOut;
}

/** What the big countdown counts down to; the present when it has nothing to count. */
function waitsUntil({ sale, place }: Page, stage: Stage, nowMs: number): number {
  if (stage === 'slot') return place?.slotEpochMs ?? nowMs;
  const isBefore = stage === 'waiting' || stage === 'drawing';
  return isBefore && sale ? sale.opensAtEpochMs : nowMs;
}

/** Whether the shopper's own turn is still news; without slots only after a pause. */
function isAhead(page: Page): boolean {
  const stage = stageOf(page);
  if (stage === 'slot') return true;
  return (stage === 'waiting' || stage === 'opening') && Boolean(page.sale?.slotWidthMs);
}

/** When this shopper's own turn comes. After a pause it has nothing to do with the opening any more. */
function placeText({ place, sale, barrier }: Page): string {
  const { yourTurn, afterOpening, atOpening, placing } = texts();
  if (!place || !sale) return barrier ? '' : placing;
  const turn = yourTurn(timeText(place.slotEpochMs, locale()));
  const afterMs = place.slotEpochMs - sale.opensAtEpochMs;
  if (afterMs > (sale.slotWidthMs ?? 0)) return turn;
  const isAtOnce = Math.round(afterMs / 1000) === 0;
  return `${turn}, ${isAtOnce ? atOpening : afterOpening(lengthText(afterMs, locale()))}`;
}

function showLot({ place, sale }: Page): void {
  if (!sale?.slotWidthMs || place?.lot === undefined) return;
  const number = (value: number) => value.toLocaleString(locale());
  say(byId('lot'), texts().lot(number(place.lot + 1), number(LOTS)));
  say(byId('shopper'), texts().shopper(place.shopper ?? ''));
}
