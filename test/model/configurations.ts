/** @module The configurations that are explored, from small to large. */

import type { Configuration } from './configuration.ts';
import { LARGE } from './configurations-large.ts';

const ONE = [1];
const TWO = [1, 1];

/** Whoever comes must move on, and each attempt visits the shards in another order. */
const someEmpty = (shards: number, empty: readonly number[]): Configuration => ({
  name: `of ${shards} shards, ${empty.join(' and ')} empty`,
  ...{ shoppers: ONE, limit: 1, units: shards, shards, empty },
  budget: { buy: 3, rollback: 1 },
});

export const CONFIGURATIONS: readonly Configuration[] = [
  someEmpty(2, [0]),
  someEmpty(2, [1]),
  {
    name: 'sold out, and restocked',
    ...{ shoppers: ONE, limit: 1, units: 1, shards: 1 },
    budget: { buy: 1, scan: 1, restock: 2 },
    status: true,
  },
  {
    name: 'sold out, found by a sweep',
    ...{ shoppers: ONE, limit: 1, units: 1, shards: 1 },
    budget: { buy: 1, cancel: 1, 'sweep-sale': 1 },
    status: true,
  },
  {
    name: 'double click',
    ...{ shoppers: ONE, limit: 1, units: 1, shards: 1 },
    budget: { buy: 3, 'early-rollback': 1, cancel: 1 },
  },
  {
    name: 'payments of another amount or currency',
    ...{ shoppers: ONE, limit: 1, units: 1, shards: 1 },
    budget: { buy: 1, cancel: 1, pay: 1, 'pay-wrong': 2 },
  },
  {
    name: 'refunds that wait for approval',
    ...{ shoppers: ONE, limit: 1, units: 1, shards: 1, approval: true },
    budget: { buy: 1, cancel: 1, pay: 1, 'pay-wrong': 1, approve: 2 },
  },
  {
    name: 'refunds that wait for approval, answers lost',
    ...{ shoppers: ONE, limit: 1, units: 1, shards: 1, approval: true },
    budget: { buy: 1, 'pay-wrong': 2, approve: 2 },
    failures: 1,
  },
  {
    name: 'a late payment that waits for approval',
    ...{ shoppers: TWO, limit: 1, units: 1, shards: 1, approval: true },
    budget: { buy: 2, cancel: 1, pay: 2, approve: 1 },
  },
  someEmpty(3, [0]),
  someEmpty(3, [1]),
  someEmpty(3, [2]),
  someEmpty(3, [0, 1]),
  someEmpty(3, [0, 2]),
  someEmpty(3, [1, 2]),
  {
    name: 'lost answers',
    ...{ shoppers: TWO, limit: 1, units: 1, shards: 1 },
    budget: { buy: 2, rollback: 1, pay: 1 },
    failures: 2,
  },
  {
    name: 'three shoppers, two shards, and nothing left for one of them',
    ...{ shoppers: [1, 1, 1], limit: 1, units: 2, shards: 2 },
    budget: { buy: 3, rollback: 1 },
  },
  {
    name: 'two shoppers, one unit, paid',
    ...{ shoppers: TWO, limit: 1, units: 1, shards: 1 },
    budget: { buy: 3, rollback: 1, pay: 1 },
  },
  {
    name: 'records of an order that is paid or released',
    ...{ shoppers: ONE, limit: 1, units: 1, shards: 1 },
    budget: { buy: 1, cancel: 1, pay: 1, 'sweep-soon': 1, record: 1 },
    ...{ records: true, failures: 1 },
  },
  {
    name: 'records, delivered twice and settled',
    ...{ shoppers: ONE, limit: 1, units: 1, shards: 1 },
    budget: { buy: 1, pay: 1, 'sweep-soon': 1, record: 2 },
    records: true,
  },
  {
    name: 'unlimited stock',
    ...{ shoppers: ONE, limit: 1, units: 'unlimited', shards: 0 },
    budget: { buy: 2, cancel: 1, pay: 1, record: 1 },
    ...{ records: true, failures: 1 },
  },
  {
    name: 'the next order, with a limit of two',
    ...{ shoppers: ONE, limit: 2, units: 2, shards: 1 },
    budget: { buy: 3, pay: 2, sweep: 1 },
  },
  {
    name: 'two shards',
    ...{ shoppers: TWO, limit: 1, units: 2, shards: 2 },
    budget: { buy: 2, 'buy-later': 1, rollback: 1 },
  },
  {
    name: 'a quantity that no shard has',
    ...{ shoppers: [2, 1], limit: 2, units: 2, shards: 1 },
    budget: { buy: 2, scan: 1, rollback: 1 },
    status: true,
  },
  {
    name: 'sold out, found by a shopper',
    ...{ shoppers: TWO, limit: 1, units: 1, shards: 1 },
    budget: { buy: 2, scan: 1, rollback: 1 },
    status: true,
  },
  {
    name: 'records of two attempts',
    ...{ shoppers: ONE, limit: 1, units: 1, shards: 1 },
    budget: { buy: 2, rollback: 1, record: 2 },
    ...{ records: true, failures: 1 },
  },
  {
    name: 'sold out in two shards',
    ...{ shoppers: TWO, limit: 1, units: 2, shards: 2 },
    budget: { buy: 2, scan: 1, rollback: 1 },
    status: true,
  },
  {
    name: 'a quantity of two beside one of one',
    ...{ shoppers: [2, 1], limit: 2, units: 2, shards: 1 },
    budget: { buy: 3, rollback: 2 },
  },
  {
    name: 'the next order in another shard',
    ...{ shoppers: ONE, limit: 2, units: 2, shards: 2 },
    budget: { buy: 3, rollback: 1, pay: 2 },
  },
  {
    name: 'for nothing',
    ...{ shoppers: TWO, limit: 1, units: 1, shards: 1, free: true },
    budget: { buy: 3, rollback: 1, sweep: 1 },
  },
  {
    name: 'a late payment',
    ...{ shoppers: ONE, limit: 1, units: 1, shards: 1 },
    budget: { buy: 2, rollback: 1, pay: 2, 'sweep-soon': 1 },
  },
  {
    name: 'two shoppers, one unit',
    ...{ shoppers: TWO, limit: 1, units: 1, shards: 1 },
    budget: { buy: 3, rollback: 1, sweep: 1 },
  },
  {
    name: 'two payments of one order',
    ...{ shoppers: TWO, limit: 1, units: 1, shards: 1 },
    budget: { buy: 2, rollback: 1, pay: 2, 'pay-twice': 1 },
  },
  {
    name: 'a quantity of two in two shards of different size',
    ...{ shoppers: [2, 1], limit: 2, units: 3, shards: 2 },
    budget: { buy: 3, rollback: 1, sweep: 1 },
  },
  {
    name: 'three shards',
    ...{ shoppers: ONE, limit: 1, units: 3, shards: 3 },
    budget: { buy: 2, 'buy-later': 1, rollback: 2 },
  },
  {
    name: 'double click, the next attempt, two units in one shard',
    ...{ shoppers: ONE, limit: 1, units: 2, shards: 1 },
    budget: { buy: 2, 'buy-later': 1, rollback: 1, sweep: 1 },
  },
  ...LARGE.map((one) => ({ ...one, large: true })),
];
