/** @module Pausing, resuming, extending, closing and restocking a sale from the operators' page: what the commands of the same names do. */

import { closeNow, EXTEND_SECONDS, type ExtendOutcome, extend } from '../../domain/closing.ts';
import { type GrantOutcome, restock } from '../../domain/grant.ts';
import { type PauseOutcome, pause, RESUME_SECONDS, resume } from '../../domain/pause.ts';
import type { Problem } from '../problem.ts';
import { fieldsOf, matching, whole } from './fields.ts';
import { shortageText } from './obstacles.ts';
import { type Asked, at, change, conflict, ok, type Route, unknownSale } from './route.ts';

/** An hour: who needs longer pauses it again. */
const MOST_RESUME_SECONDS = 3600;

const MOST_UNITS = 10_000_000;

const MOST_GRANTS = 1_000_000;

/** The last instant that a date can be. */
const LATEST_EPOCH_MS = 8_640_000_000_000_000;

const SKU = /^[A-Za-z0-9-]{1,40}$/;

export const DOOR_ROUTES: readonly Route[] = [
  { method: 'POST', path: '/sales/{sale}/pause', run: pauseSale },
  { method: 'POST', path: '/sales/{sale}/resume', takes: 'json', run: resumeSale },
  { method: 'POST', path: '/sales/{sale}/extend', takes: 'json', run: extendSale },
  { method: 'POST', path: '/sales/{sale}/close', run: closeSale },
  { method: 'POST', path: '/sales/{sale}/restock', takes: 'json', run: restockSale },
];

async function pauseSale(asked: Asked) {
  const saleId = at(asked, 'sale');
  const outcome = await change(asked, { what: 'pause', saleId }, () =>
    pause(asked.deployed, saleId),
  );
  return outcome.kind === 'paused' ? ok(outcome) : impossible(outcome.kind, saleId);
}

async function resumeSale(asked: Asked) {
  const saleId = at(asked, 'sale');
  const read = fieldsOf(asked.body, { inSeconds: whole(RESUME_SECONDS, MOST_RESUME_SECONDS) });
  if (read.kind === 'refused') return read.why;
  const { inSeconds } = read.fields;
  const act = { what: 'resume', saleId, detail: { inSeconds } };
  const outcome = await change(asked, act, () => resume(asked.deployed, saleId, inSeconds));
  return 'slotsFrom' in outcome
    ? ok({ kind: outcome.kind, slotsFromEpochMs: outcome.slotsFrom })
    : impossible(outcome.kind, saleId);
}

const WHY: Readonly<Record<Exclude<PauseOutcome['kind'], 'paused' | 'unknown-sale'>, string>> = {
  closed: 'The sale is over',
  unfinished: 'Publishing the sale has stopped half way: publish it again first',
};

const impossible = (kind: keyof typeof WHY | 'unknown-sale', saleId: string): Problem =>
  kind === 'unknown-sale' ? unknownSale(saleId) : conflict(kind, WHY[kind]);

async function extendSale(asked: Asked) {
  const saleId = at(asked, 'sale');
  const read = fieldsOf(asked.body, { closesAtEpochMs: whole(0, LATEST_EPOCH_MS) });
  if (read.kind === 'refused') return read.why;
  const { closesAtEpochMs } = read.fields;
  const act = { what: 'extend', saleId, detail: { until: iso(closesAtEpochMs) } };
  const outcome = await change(asked, act, () => extend(asked.deployed, saleId, closesAtEpochMs));
  if (outcome.kind === 'extended') return ok({ kind: 'extended', closesAtEpochMs });
  return outcome.kind === 'unknown-sale'
    ? unknownSale(saleId)
    : conflict(outcome.kind, whyNotExtended(outcome));
}

function whyNotExtended(outcome: Exclude<ExtendOutcome, { readonly kind: 'extended' }>): string {
  switch (outcome.kind) {
    case 'unfinished':
    case 'closed':
      return WHY[outcome.kind];
    case 'not-later':
      return `It closes at ${iso(outcome.closesAt)}, which is later`;
    case 'too-late':
      return `It closes at ${iso(outcome.closesAt)}, in less than ${EXTEND_SECONDS} s: the edges would not hear of it in time`;
    case 'too-far':
      return `The latest is ${iso(outcome.latest)}`;
    case 'unknown-sale':
      return 'There is no such sale';
  }
}

const iso = (epochMs: number): string => new Date(epochMs).toISOString();

async function closeSale(asked: Asked) {
  const saleId = at(asked, 'sale');
  const outcome = await change(asked, { what: 'close', saleId }, () =>
    closeNow(asked.deployed, saleId),
  );
  return outcome.kind === 'closed'
    ? ok({ kind: 'closed', closesAtEpochMs: outcome.closesAt })
    : unknownSale(saleId);
}

async function restockSale(asked: Asked) {
  const saleId = at(asked, 'sale');
  const read = fieldsOf(asked.body, {
    sku: matching(SKU),
    units: whole(1, MOST_UNITS),
    grant: whole(1, MOST_GRANTS),
  });
  if (read.kind === 'refused') return read.why;
  const { sku, units, grant } = read.fields;
  const act = { what: 'restock', saleId, detail: { sku, units, grant } };
  const outcome = await change(asked, act, () =>
    restock(asked.deployed, { saleId, sku }, grant, units, asked.deployed.clock()),
  );
  return outcome.kind === 'granted'
    ? ok(outcome)
    : conflict(outcome.kind, whyNotRestocked(outcome));
}

function whyNotRestocked(outcome: Exclude<GrantOutcome, { readonly kind: 'granted' }>): string {
  switch (outcome.kind) {
    case 'taken':
      return `Somebody has added ${outcome.units} units meanwhile: look again before you add more`;
    case 'out-of-turn':
      return `Somebody has added units meanwhile: look again (the next restock is number ${outcome.next})`;
    case 'unknown-item':
      return 'There is no such item with a stock in this sale';
    default:
      return shortageText(outcome);
  }
}
