/** @module What the operators' page is told of sales. */

import { auditSale } from '../../adapters/audit-sale.ts';
import { allSales } from '../../adapters/catalogue.ts';
import { lastEvents } from '../../adapters/last-events.ts';
import { liveReader } from '../../adapters/live-reader.ts';
import { findingsOf, PROMISES, type Verdict } from '../../domain/audit.ts';
import { findSale } from '../../domain/catalogue.ts';
import { type Status, statusKey } from '../../domain/items.ts';
import { type LiveItem, liveSale } from '../../domain/live.ts';
import type { Holder } from '../../domain/order-id.ts';
import type { PublishedSale } from '../../domain/sale.ts';
import { problem } from '../problem.ts';
import { type Asked, at, ok, type Route, unknownSale } from './route.ts';

/** As much of a sale as a look every other second may read: 8,000 units in 40s, and their newest orders. */
const LIVE_LIMITS = { shards: 200, claims: 400 };

/** Holders that are known to have paid, of sales that somebody looks at; for good, so that any environment may keep them. */
const known = new Map<string, Set<Holder>>();

/** Events that are shown. */
const MOST_EVENTS = 50;

/** Functions behind the API end after 10 s: what is younger may still be on its way. */
const IN_FLIGHT_MS = 10_000;

/** An audit of more takes longer than a request may: the command line has the time. */
const MOST_AUDITED_UNITS = 20_000;

/** Findings that are told of; more say nothing more. */
const MOST_FINDINGS = 100;

export const SALE_ROUTES: readonly Route[] = [
  { method: 'GET', path: '/sales', run: list },
  { method: 'GET', path: '/sales/{sale}', run: show },
  { method: 'GET', path: '/sales/{sale}/events', run: events },
  { method: 'GET', path: '/sales/{sale}/audit', run: audit },
];

async function list({ deployed }: Asked) {
  const sales = await allSales(deployed.db, deployed.tables.catalogue);
  return ok({ nowEpochMs: deployed.clock(), sales: sales.map(listed) });
}

const listed = (sale: PublishedSale) => ({
  id: sale.id,
  title: sale.title,
  timeZone: sale.timeZone,
  opensAtEpochMs: sale.opensAt,
  closesAtEpochMs: sale.closesAt,
  paused: sale.paused ?? false,
  items: sale.items.length,
});

async function show(asked: Asked) {
  const { deployed } = asked;
  const saleId = at(asked, 'sale');
  const paid = known.get(saleId) ?? new Set();
  const store = liveReader(deployed.db, deployed.tables);
  const live = await liveSale(store, saleId, paid, LIVE_LIMITS, deployed.clock());
  if (live === undefined) return unknownSale(saleId);
  known.set(saleId, paid);
  const { sale } = live;
  const keys = sale.items.map(({ sku }) => statusKey({ saleId, sku }));
  const statuses = (await deployed.store.read(keys)) as unknown as readonly (Status | undefined)[];
  return ok({
    ...listed(sale),
    phase: live.phase,
    nowEpochMs: live.at,
    currency: sale.currency,
    paymentWindowSeconds: sale.paymentWindow,
    ...(sale.slotsFrom !== undefined && { slotsFromEpochMs: sale.slotsFrom }),
    items: live.items.map((item, index) => shown(sale, item, statuses[index])),
  });
}

function shown(sale: PublishedSale, item: LiveItem, status: Status | undefined) {
  const { sku, name, units, forSale, held, paid, returns, soldOut, isPaidBehind, asOf } = item;
  const sold = sale.items.find((one) => one.sku === sku);
  return {
    ...{ sku, name, units, forSale, held, paid, returns, soldOut, isPaidBehind },
    ...(asOf !== undefined && { asOfEpochMs: asOf }),
    priceMinor: sold?.price ?? 0,
    limitPerShopper: sold?.limit ?? 0,
    grants: status?.grants ?? 0,
  };
}

async function events(asked: Asked) {
  const { db, tables, store } = asked.deployed;
  const saleId = at(asked, 'sale');
  if ((await findSale(store, saleId)) === undefined) return unknownSale(saleId);
  const found = await lastEvents(db, tables.orders, saleId, MOST_EVENTS);
  return ok({ events: found.map(({ type, detail }) => ({ type, atEpochMs: detail.at, detail })) });
}

async function audit(asked: Asked) {
  const { deployed } = asked;
  const saleId = at(asked, 'sale');
  const sale = await findSale(deployed.store, saleId);
  if (sale === undefined) return unknownSale(saleId);
  const units = sale.items.reduce((sum, one) => sum + (Number(one.units) || 0), 0);
  if (units > MOST_AUDITED_UNITS) {
    return problem(
      'conflict',
      `An audit of ${units} units takes longer than a page can wait: npm run sale -- audit ${saleId}`,
      { reason: 'too-large' },
    );
  }
  return ok(told(await auditSale(deployed, saleId, { inFlightMs: IN_FLIGHT_MS })));
}

function told({ promises, items, observations }: Verdict) {
  const verdicts = PROMISES.map((name) => {
    const judgement = promises[name];
    const verdict = judgement === true ? 'kept' : Array.isArray(judgement) ? 'broken' : judgement;
    return { name, verdict, findings: findingsOf(judgement).slice(0, MOST_FINDINGS) };
  });
  return { promises: verdicts, items, observations: observations.slice(0, MOST_FINDINGS) };
}
