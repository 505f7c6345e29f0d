/** @module Configurations of millions of states, for `npm run prove -- --full`. */

import type { Configuration } from './configuration.ts';

const ONE = [1];
const TWO = [1, 1];

export const LARGE: readonly Configuration[] = [
  {
    name: 'two shoppers, one unit, everything',
    ...{ shoppers: TWO, limit: 1, units: 1, shards: 1 },
    budget: { buy: 3, rollback: 1, sweep: 1, pay: 1 },
  },
  {
    name: 'two shoppers, one unit, four presses',
    ...{ shoppers: TWO, limit: 1, units: 1, shards: 1 },
    budget: { buy: 4, rollback: 2, sweep: 1 },
  },
  {
    name: 'two shards, four presses',
    ...{ shoppers: TWO, limit: 1, units: 2, shards: 2 },
    budget: { buy: 4, rollback: 2 },
  },
  {
    name: 'two shards, paid',
    ...{ shoppers: TWO, limit: 1, units: 2, shards: 2 },
    budget: { buy: 3, rollback: 1, pay: 1, sweep: 1 },
  },
  {
    name: 'the next order, in two shards, swept',
    ...{ shoppers: ONE, limit: 2, units: 2, shards: 2 },
    budget: { buy: 4, rollback: 1, pay: 2, sweep: 1 },
  },
  {
    name: 'three shards, swept twice',
    ...{ shoppers: ONE, limit: 1, units: 3, shards: 3 },
    budget: { buy: 3, 'buy-later': 1, rollback: 2, sweep: 2 },
  },
  {
    name: 'a quantity of two beside one of one, swept',
    ...{ shoppers: [2, 1], limit: 2, units: 2, shards: 1 },
    budget: { buy: 3, rollback: 2, sweep: 1 },
  },
  {
    name: 'a late payment, four presses',
    ...{ shoppers: TWO, limit: 1, units: 1, shards: 1 },
    budget: { buy: 4, rollback: 1, pay: 2 },
  },
  {
    name: 'sold out, found by two sweeps',
    ...{ shoppers: ONE, limit: 1, units: 1, shards: 1 },
    budget: { buy: 1, cancel: 1, 'sweep-sale': 2 },
    status: true,
  },
  {
    name: 'records, swept and delivered twice',
    ...{ shoppers: ONE, limit: 1, units: 1, shards: 1 },
    budget: { buy: 1, cancel: 1, pay: 1, sweep: 1, record: 2 },
    records: true,
  },
];
