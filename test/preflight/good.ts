/** @module A preflight in which everything is as it should be, an hour before a sale. */

import { accountFacts } from '../../adapters/account.ts';
import { limitsIn } from '../../capacity/limits.ts';
import type { Preflight, Subject } from '../../capacity/preflight.ts';
import { QUOTAS } from '../../capacity/preflight-quotas.ts';
import type { Verdict } from '../../domain/audit.ts';
import type { Answer, SaleFacts } from '../../domain/preflight-facts.ts';
import { learnt } from '../../domain/preflight-line.ts';
import type { PublishedSale } from '../../domain/sale.ts';
import { ACCOUNT } from './good-account.ts';
import { replay } from './replay.ts';

const MINUTE_MS = 60_000;

const OPENS_AT = Date.UTC(2026, 10, 21, 20);

/** Ten minutes before: what is provisioned should be there. */
const NOW = OPENS_AT - 10 * MINUTE_MS;

const ISSUER = 'https://login.example.com';

export const SALE: PublishedSale = {
  id: 'night',
  title: 'Night of the lamps',
  opensAt: OPENS_AT,
  closesAt: OPENS_AT + 120 * MINUTE_MS,
  timeZone: 'UTC',
  paymentWindow: 900,
  currency: 'EUR',
  admission: { expectedShoppers: 100_000, perSecond: 1000, difficulty: 0, ticketSeconds: 10 },
  afterExpiry: 'allow',
  items: [{ sku: 'lamp', name: 'Lamp', price: 1999, units: 1000, limit: 1 }],
  doorKey: 'door',
  salt: 'salt',
  slotSeed: 'seed',
  publishedAt: OPENS_AT - 1000 * MINUTE_MS,
};

export const anAnswer = (body: string, changes: Partial<Answer> = {}) =>
  learnt<Answer>({
    status: 200,
    headers: { 'content-type': 'text/html', 'cache-control': 'public, max-age=1' },
    body,
    ...changes,
  });

const VERDICT: Verdict = {
  promises: {
    'no-oversell': true,
    'no-duplicate': true,
    'no-leak': true,
    'nothing-lost': 'not-judged',
    'exact-sell-through': 'not-judged',
  },
  items: [],
  observations: [],
};

const KEYS = { active: 'k1', keys: { k1: 'secret' } };

const DATA = { id: 'night', opensAtEpochMs: OPENS_AT };

const FACTS: SaleFacts = {
  audit: learnt(VERDICT),
  stock: learnt([{ sku: 'lamp', said: 1000, counted: 1000, grants: 0 }]),
  entry: {
    wanted: { o: OPENS_AT, d: 'door', p: false },
    found: learnt({ d: 'door', o: OPENS_AT, p: false }),
  },
  schedules: [
    {
      wanted: { name: 'night-open', at: OPENS_AT, until: OPENS_AT, target: 'open' },
      fact: learnt({ state: 'ENABLED', at: OPENS_AT, target: 'open' }),
    },
  ],
  data: DATA,
};

/** It. @param facts in place of those of the sale */
export async function good(facts: Partial<SaleFacts> = {}): Promise<Preflight> {
  const subject: Subject = { kind: 'published', sale: SALE, facts: { ...FACTS, ...facts } };
  return {
    subject,
    others: [],
    account: await accountFacts(ACCOUNT(replay().settings), QUOTAS),
    gate: {
      settings: learnt({ guests: 'refused' }),
      keys: { secret: learnt(KEYS), edge: learnt(KEYS) },
      paymentKey: learnt(true),
      issuer: learnt({ issuer: ISSUER, keys: 2 }),
    },
    site: {
      page: anAnswer('<!doctype html>'),
      data: anAnswer(JSON.stringify(DATA)),
      list: anAnswer(JSON.stringify({ sales: [DATA] })),
      flag: anAnswer('window.flashSale={"saleStarted":false};\n'),
      clock: learnt({ aheadMs: 12, errorMs: 20 }),
    },
    limits: limitsIn('eu-central-1'),
    guests: 'refused',
    issuer: ISSUER,
    mostWarm: 250,
    now: NOW,
  };
}
