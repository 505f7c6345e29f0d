/** The first wave: slots let in as many a second as they are asked for, whatever the crowd does. */

import { afterEach, describe, expect, test } from '@jest/globals';
import type { ShopperAnswer } from '../../domain/audit-answers.ts';
import type { Item } from '../../domain/sale.ts';
import { releaseTime, stopTime } from '../support/still-time.ts';
import { queuer } from './queuer.ts';
import { figure, say, tallied } from './say.ts';
import { type Scene, startScene } from './scene.ts';
import { play } from './stage.ts';
import { enterAll, takeTickets } from './visitors.ts';

/**
 * How many come through in a second is binomial, with a mean of 500 and a standard deviation of 22: 1.2 × is 4.5 of
 * them, and some second of 40 is beyond that once in 5,000 rehearsals.
 */
const PER_SECOND = 500;
const MOST = 1.2;

let scene: Scene | undefined;

afterEach(async () => {
  releaseTime();
  await scene?.stop();
  scene = undefined;
});

type Row = {
  readonly from: number;
  readonly ms: number;
  readonly front: number;
  readonly api: number;
};

const frontOf = ({ stack }: Scene): number =>
  stack.requests.front['/api/sales/*/*/orders']?.requests ?? 0;

/** Counts, cut into pieces of a second and more. */
function secondsOf(scene: Scene) {
  const look = () => ({
    at: scene.stack.clock.now(),
    front: frontOf(scene),
    api: scene.behind().api,
  });
  const rows: Row[] = [];
  let last = look();
  return {
    rows,
    look() {
      const here = look();
      const ms = here.at - last.at;
      if (ms < 1_000) return;
      const came = { front: here.front - last.front, api: here.api - last.api };
      rows.push({ from: last.at - scene.sale.opensAt, ms, ...came });
      last = here;
    },
  };
}

const perSecond = ({ api, ms }: Row): number => (api * 1_000) / ms;

const lineOf = (row: Row): string =>
  [
    (row.from / 1_000).toFixed(1).padStart(6),
    (row.ms / 1_000).toFixed(2).padStart(6),
    figure(row.front).padStart(10),
    figure(row.api).padStart(8),
    Math.round(perSecond(row)).toString().padStart(9),
  ].join('');

type Wave = { readonly id: string; readonly shoppers: number; readonly item: Partial<Item> };

/** Sends a crowd that clicks at the opening, every tenth again every second. @returns the busiest second behind the gate */
async function waveOf({ id, shoppers, item }: Wave): Promise<number> {
  const admission = { expectedShoppers: shoppers, perSecond: PER_SECOND };
  scene = await startScene({ id, item: { ...item, price: 0 }, admission });
  stopTime();
  const { sale, stack, volley } = scene;
  const visitors = await enterAll(volley, shoppers);
  await takeTickets(volley, sale.id, visitors);
  const answers: ShopperAnswer[] = [];
  const at = { clock: stack.clock, sale, answers };
  const cast = visitors.map((visitor, index) => ({
    actor: queuer(at, visitor, index % 10 === 0),
    due: sale.opensAt,
  }));
  await scene.skipTo(sale.opensAt);
  const before = scene.behind();
  const seconds = secondsOf(scene);
  const until = sale.opensAt + 120_000;
  const left = await play(scene, { cast, tickMs: 100, until, onTick: seconds.look });
  const after = scene.behind();
  const { rows } = seconds;
  const most = Math.max(...rows.map(perSecond));
  const sold = new Set(answers.flatMap(({ orderId }) => orderId ?? [])).size;
  say(`${figure(shoppers)} click at once, ${PER_SECOND}/s admitted, one in ten hammers`, [
    ' since   for s   at gate  behind behind/s',
    ...rows.map(lineOf),
    `most ${Math.round(most)}/s behind the gate: ${(most / PER_SECOND).toFixed(2)} × the admitted rate`,
    `${figure(sold)} sold; ${tallied(answers.map(({ code = 'order' }) => code))}`,
  ]);
  expect(left).toEqual([]);
  expect(after.api - before.api).toBeGreaterThanOrEqual(shoppers);
  expect(after.throttled).toBe(0);
  expect(sold).toBe(item.units === 'unlimited' ? shoppers : item.units);
  await scene.expectKept(answers);
  return most;
}

describe('slots', () => {
  test(`admit ${PER_SECOND} a second of 20,000 who all click at the opening`, async () => {
    const most = await waveOf({ id: 'wave', shoppers: 20_000, item: { units: 'unlimited' } });
    expect(most).toBeLessThanOrEqual(MOST * PER_SECOND);
  });

  test('admit no more when the last units go, and some are told to ask again', async () => {
    const most = await waveOf({ id: 'end', shoppers: 5_000, item: { units: 1_000 } });
    expect(most).toBeLessThanOrEqual(MOST * PER_SECOND);
  });
});
