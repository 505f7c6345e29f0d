/** @module What a load run gives its shoppers, written down. */

import type { ShopperAnswer } from '../../domain/audit-answers.ts';
import type { Judged } from '../../load/k6/ledger.ts';
import { type Player, playerFor, type Send, type Stage } from '../../load/k6/player.ts';
import { type ScenarioName, settingsFrom } from '../../load/k6/settings.ts';
import type { SaleFacts } from '../../load/k6/watch.ts';

/** Everything that was told. */
export type Told = {
  readonly judged: Judged[];
  readonly presses: string[];
  readonly lags: number[];
  readonly left: { readonly paid: number; readonly held: number }[];
  readonly errors: boolean[];
  readonly behindGate: number[];
  readonly bad: string[];
  readonly answers: ShopperAnswer[];
  orders: number;
  untold: number;
};

export const settingsOf = (
  env: Readonly<Record<string, string>> = {},
  scenario: ScenarioName = 'spike',
) => settingsFrom({ BASE_URL: 'https://sale.example.com', SALE: 'night', ...env }, scenario);

export function stageOf(
  send: Send,
  env: Readonly<Record<string, string>> = {},
  some: Partial<SaleFacts> = {},
): { readonly stage: Stage; readonly told: Told } {
  const told: Told = {
    ...{ judged: [], presses: [], lags: [], left: [], errors: [], behindGate: [], bad: [] },
    ...{ answers: [], orders: 0, untold: 0 },
  };
  const facts: SaleFacts = {
    ...{ saleId: 'night', sku: 'LAMP', limit: 1, offset: 0 },
    ...{ opensAt: Date.now() - 1_000, closesAt: Date.now() + 3_600_000 },
    ...{ startsAt: Date.now() - 1_000, ...some },
  };
  const stage: Stage = {
    ...{
      settings: settingsOf({ LAG_SHARE: '0', DOUBLE_CLICK: '0', ...env }, 'abuse'),
      facts,
      send,
    },
    solve: async () => ({ header: '', expires: Number.POSITIVE_INFINITY }),
    tell: {
      judge: (one) => told.judged.push(one),
      press: (code) => told.presses.push(code),
      behindGate: (ms) => told.behindGate.push(ms),
      served: (isError) => told.errors.push(isError),
      order: () => {
        told.orders += 1;
      },
      queueLag: (ms) => told.lags.push(ms),
      answer: (answer) => told.answers.push(answer),
      left: (units) => told.left.push(units),
      untold: () => {
        told.untold += 1;
      },
      bad: (kind) => told.bad.push(kind),
    },
  };
  return { stage, told };
}

export const someone = (stage: Stage, index = 0, token?: string): Player =>
  playerFor(stage, 'visit', index, token);

/** Rules that were broken, each once. */
export const brokenIn = ({ judged }: Told): readonly string[] => [
  ...new Set(judged.flatMap(({ rule, why }) => (why === undefined ? [] : rule))),
];
