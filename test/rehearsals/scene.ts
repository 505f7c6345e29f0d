/** @module A rehearsal that is attacked: the stack, its sale, and what is asked of every one of them afterwards. */

import { expect } from '@jest/globals';
import { type LocalSale, type LocalSaleOptions, startLocalSale } from '../../cli/local-sale.ts';
import type { ShopperAnswer } from '../../domain/audit-answers.ts';
import type { Admission, Item, Sale } from '../../domain/sale.ts';
import { openingAt } from '../../domain/sale.ts';
import { OPENS_IN_MS } from '../../load/run-scenario.ts';
import { SCENARIOS } from '../../load/scenarios.ts';
import type { Clock } from '../../local/clock.ts';
import { openVolley, type Volley } from './volley.ts';

export type SceneOptions = Omit<LocalSaleOptions, 'sale'> & {
  readonly id: string;
  readonly item: Partial<Item>;
  readonly admission?: Partial<Admission>;
  /** @default 3 minutes */
  readonly opensInMs?: number;
};

export type Scene = LocalSale & {
  readonly clock: Clock;
  readonly volley: Volley;
  /** Requests behind the gate, runs of the function that sells, and refusals by throttles. */
  behind(): Behind;
  /** Lets time pass until an instant; none when it is past. */
  skipTo(instant: number): Promise<void>;
  /** Lets the payment windows pass, and holds the sale to every promise. */
  expectKept(answers: readonly ShopperAnswer[]): Promise<void>;
};

type Behind = { readonly api: number; readonly buys: number; readonly throttled: number };

/** The grace after a payment window, two periods of the sweep, and time for the records to follow. */
const SWEPT_AFTER_MS = 4 * 60_000;

/** Starts a stack with one sale, whose item is called `unit`, some minutes before its opening. */
export async function startScene(options: SceneOptions): Promise<Scene> {
  const { id, item, admission, opensInMs = OPENS_IN_MS, ...stackOptions } = options;
  const sale = openingAt(saleOf(id, item, admission), Date.now() + opensInMs);
  const local = await startLocalSale({ ...stackOptions, sale });
  const volley = openVolley(local.stack.siteUrl);
  const { clock } = local.stack;
  const skipTo = async (instant: number) => {
    const ahead = instant - clock.now();
    if (ahead > 0) await clock.advance(ahead);
  };
  return {
    ...local,
    clock,
    volley,
    skipTo,
    behind: () => behindOf(local),
    async expectKept(answers) {
      await clock.advance(sale.paymentWindow * 1000 + SWEPT_AFTER_MS);
      const { promises } = await local.audit(answers);
      expect(promises).toEqual(KEPT);
    },
    stop: async () => {
      await volley.close();
      await local.stop();
    },
  };
}

/** A sale of rehearsals: no challenge, first come, first served, unless something else is asked for. */
export function saleOf(id: string, item: Partial<Item>, admission: Partial<Admission> = {}): Sale {
  const { sale } = SCENARIOS.doubleClicks;
  const changed = {
    ...sale,
    id,
    admission: { ...sale.admission, ...admission },
    items: sale.items.map((one) => ({ ...one, ...item })),
  };
  return openingAt(changed, Date.now() + OPENS_IN_MS);
}

export const KEPT = {
  'no-oversell': true,
  'no-duplicate': true,
  'no-leak': true,
  'nothing-lost': true,
  'exact-sell-through': true,
};

function behindOf({ stack: { requests } }: LocalSale): Behind {
  const apis = Object.values(requests.api);
  const sum = (numbers: readonly number[]) => numbers.reduce((total, one) => total + one, 0);
  return {
    api: sum(apis.map((one) => one.requests)),
    buys: requests.functions['Buy']?.invocations ?? 0,
    throttled: sum(apis.flatMap((one) => Object.values(one.throttled))),
  };
}
