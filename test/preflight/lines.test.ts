/** Every line of the preflight: it passes where all is well, and does not where that one thing is wrong. */

import { beforeAll, describe, expect, test } from '@jest/globals';
import { type Preflight, preflight } from '../../capacity/preflight.ts';
import type { AccountFacts } from '../../domain/preflight-facts.ts';
import { LINES, type Line, type LineId, learnt, unknown } from '../../domain/preflight-line.ts';
import { anAnswer, good, SALE } from './good.ts';

let all: Preflight;

beforeAll(async () => {
  all = await good();
});

type Change = (input: Preflight) => Partial<Preflight>;

const account =
  (change: (account: AccountFacts) => Partial<AccountFacts>): Change =>
  (input) => ({ account: { ...input.account, ...change(input.account) } });

const api = (changes: Partial<AccountFacts['api']>) =>
  account(({ api: given }) => ({ api: { ...given, ...changes } }));

const lambda = (changes: Partial<AccountFacts['lambda']>) =>
  account(({ lambda: given }) => ({ lambda: { ...given, ...changes } }));

const buy = (changes: Partial<AccountFacts['lambda']['buy']>) =>
  account(({ lambda: given }) => ({ lambda: { ...given, buy: { ...given.buy, ...changes } } }));

const record = (changes: Partial<AccountFacts['lambda']['record']>) =>
  account(({ lambda: given }) => ({
    lambda: { ...given, record: { ...given.record, ...changes } },
  }));

const quotas = (changes: Partial<AccountFacts['quotas']>) =>
  account(({ quotas: given }) => ({ quotas: { ...given, ...changes } }));

const stock = (changes: object) =>
  account(({ tables }) => ({
    tables: {
      ...tables,
      stock: {
        ...tables.stock,
        description: learnt({
          status: 'ACTIVE',
          isProtected: true,
          warmWrites: 20_000,
          ...changes,
        }),
      },
    },
  }));

const gate =
  (changes: Partial<Preflight['gate']>): Change =>
  (input) => ({ gate: { ...input.gate, ...changes } });

const site =
  (changes: Partial<Preflight['site']>): Change =>
  (input) => ({ site: { ...input.site, ...changes } });

const published =
  (changes: object): Change =>
  ({ subject }) => ({
    subject: {
      ...subject,
      facts: { ...('facts' in subject ? subject.facts : {}), ...changes },
    } as never,
  });

const plan = (name: string, method: string, rate: number) => ({
  ...{ name, rate, burst: rate / 2 },
  methods: { [method]: { rate, burst: rate / 2 } },
});

const PLANS = (buys: number, browses: number) =>
  learnt([
    plan('Buy', '/api/sales/{sale}/{doorKey}/orders/POST', buys),
    plan('Browse', '/api/session/POST', browses),
  ]);

const tooFew = (value: number) => learnt({ value, is: 'applied' as const });

/** What goes wrong, one thing for each line. */
const WRONG: Readonly<Record<LineId, Change>> = {
  sale: () => ({ now: SALE.closesAt }),
  guests: (input) => ({
    ...gate({ settings: learnt({ guests: 'allowed' }) })(input),
    guests: 'allowed',
  }),
  overlap: (input) => ({
    ...api({ plans: PLANS(1999, 4000) })(input),
    others: [{ ...SALE, id: 'other' }],
  }),
  'api-rate': api({ account: learnt({ rate: 1000, burst: 5000 }) }),
  'api-burst': api({ account: learnt({ rate: 10_000, burst: 10 }) }),
  'lambda-concurrency': lambda({ account: learnt({ total: 10, unreserved: 10 }) }),
  'table-writes': quotas({ tableWrites: tooFew(1000) }),
  'scheduler-rate': quotas({ schedules: tooFew(1) }),
  'edge-rate': quotas({ edge: learnt({ value: 1000, is: 'applied', code: 'L-00000001' }) }),
  'buy-plan': api({ plans: PLANS(999, 4000) }),
  'browse-plan': api({ plans: PLANS(5000, 10) }),
  'method-throttle': api({ method: learnt({ rate: 999, burst: 5000 }) }),
  'buy-environments': buy({ reserved: learnt(10) }),
  'record-environments': record({ reserved: learnt(1) }),
  'buy-version': buy({ version: learnt({ number: '7', state: 'Active', other: '8' }) }),
  'record-version': record({ version: learnt({ number: '7', state: 'Pending' }) }),
  'tables-active': stock({ status: 'UPDATING' }),
  'tables-recovery': account(({ tables }) => ({
    tables: { ...tables, orders: { ...tables.orders, recovery: learnt(false) } },
  })),
  'tables-protected': stock({ isProtected: false }),
  distribution: account(() => ({
    distribution: learnt({ status: 'InProgress', isEnabled: true }),
  })),
  'signing-keys': gate({
    keys: {
      secret: learnt({ active: 'k2', keys: { k2: 'b' } }),
      edge: learnt({ active: 'k1', keys: { k1: 'a' } }),
    },
  }),
  'payment-key': gate({ paymentKey: learnt(false) }),
  identity: gate({ issuer: unknown('nobody answers') }),
  stock: published({ stock: learnt([{ sku: 'lamp', said: 1000, counted: 960, grants: 0 }]) }),
  audit: published({
    audit: learnt({
      ...{ items: [], observations: [] },
      promises: {
        ...{ 'no-oversell': [{ id: 'lamp', what: 'x' }], 'no-duplicate': true, 'no-leak': true },
        ...{ 'nothing-lost': 'not-judged', 'exact-sell-through': 'not-judged' },
      },
    }),
  }),
  schedules: published({
    schedules: [
      {
        wanted: { name: 'night-open', at: SALE.opensAt, until: SALE.opensAt, target: 'open' },
        fact: learnt('missing'),
      },
    ],
  }),
  'edge-entry': published({ entry: { wanted: { p: false }, found: learnt({ p: true }) } }),
  'edge-settings': gate({ settings: learnt({ guests: 'allowed' }) }),
  page: site({ page: anAnswer('', { status: 404 }) }),
  'page-data': site({ data: anAnswer('{"id":"night","opensAtEpochMs":1}') }),
  'page-list': site({ list: anAnswer('{"sales":[]}') }),
  flag: site({ flag: anAnswer('window.flashSale={"saleStarted":true,"doorKey":"door"};\n') }),
  'warm-throughput': stock({ warmWrites: 1000 }),
  provisioned: buy({ provisioned: learnt('none') }),
  alarms: account(() => ({ alarms: learnt([{ name: 'Sale-Drift', state: 'ALARM', acts: true }]) })),
  'alarm-actions': account(() => ({
    alarms: learnt([{ name: 'Sale-Drift', state: 'OK', acts: false }]),
  })),
  'dead-letters': account(() => ({ deadLetters: [{ name: 'ordersDlq', fact: learnt(1) }] })),
  clock: site({ clock: learnt({ aheadMs: -61_000, errorMs: 20 }) }),
};

/** Lines of which the worst is that somebody should know. */
const WARNS: ReadonlySet<LineId> = new Set(['guests', 'tables-protected', 'record-environments']);

/** Where one thing wrong is a second thing wrong. */
const BESIDES: Partial<Readonly<Record<LineId, readonly LineId[]>>> = {
  // When it is over, the page should say so, and what was provisioned is of no use.
  sale: ['flag'],
  overlap: ['buy-plan', 'provisioned', 'record-environments'],
};

const bad = (lines: readonly Line[]): LineId[] =>
  lines.flatMap(({ id, verdict }) => (verdict === 'pass' ? [] : [id]));

describe('preflight()', () => {
  test('passes every line, in their order, where all is well', () => {
    const lines = preflight(all);
    expect(lines.map(({ id }) => id)).toEqual(Object.keys(LINES));
    expect(lines.filter(({ verdict }) => verdict !== 'pass')).toEqual([]);
  });

  test.each(Object.keys(LINES) as LineId[])('says what is wrong with %s, and no more', (id) => {
    const lines = preflight({ ...all, ...WRONG[id](all) });
    expect(bad(lines)).toEqual(expect.arrayContaining([id]));
    expect(bad(lines).filter((one) => one !== id && !BESIDES[id]?.includes(one))).toEqual([]);
    const line = lines.find((one) => one.id === id);
    expect([line?.verdict, Boolean(line?.advice)]).toEqual([WARNS.has(id) ? 'warn' : 'fail', true]);
  });

  test('judges nothing of a draft that only publishing makes, and all the rest', () => {
    const lines = preflight({ ...all, subject: { kind: 'draft', sale: SALE } });
    const of = (wanted: string) =>
      lines.flatMap(({ id, verdict }) => (verdict === wanted ? [id] : []));
    expect(of('not-judged')).toEqual([
      ...['stock', 'audit', 'schedules', 'edge-entry'],
      ...['page', 'page-data', 'page-list', 'flag'],
    ]);
    expect([of('warn'), of('fail')]).toEqual([['sale'], []]);
  });

  test('takes the rate of the plan as it was deployed where API Gateway does not say', () => {
    const input = {
      ...all,
      ...api({ plans: unknown('denied') })(all),
      others: [{ ...SALE, id: 'other' }],
    };
    const judged = (buyRate?: number) =>
      preflight({ ...input, buyRate }).find(({ id }) => id === 'overlap')?.verdict;
    expect([judged(), judged(2000), judged(1999)]).toEqual(['not-judged', 'pass', 'fail']);
  });

  test('adds up what sales need that are open at the same time', () => {
    const both = preflight({ ...all, others: [{ ...SALE, id: 'other' }] });
    const needed = (lines: readonly Line[], id: LineId) =>
      Number(lines.find((line) => line.id === id)?.needed.replace(/\D.*$|,/g, ''));
    const alone = preflight(all);
    expect(both.find(({ id }) => id === 'overlap')?.found).toContain(
      '2,000/s with "other" (1,000/s)',
    );
    for (const id of ['api-rate', 'table-writes', 'buy-environments'] as const) {
      expect([id, needed(both, id) > needed(alone, id)]).toEqual([id, true]);
    }
  });
});
