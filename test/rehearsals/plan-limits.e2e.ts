/** Which limit a plan says is exceeded first, and what more of it buys, beside what the local stack does with the same limits. */

import { rmSync } from 'node:fs';
import { afterEach, describe, expect, test } from '@jest/globals';
import { exceededIn } from '../../capacity/exceeded.ts';
import type { Limits } from '../../capacity/limits.ts';
import { simulate } from '../../capacity/model.ts';
import { answeredAt } from '../../capacity/summary.ts';
import { waits } from '../../capacity/waits.ts';
import { releaseTime } from '../support/still-time.ts';
import { EAGER, type Rehearsed, rehearse, settingOf } from './foretelling.ts';
import { type Look, looker } from './looker.ts';
import { figure, say } from './say.ts';
import { type Scene, type SceneOptions, startScene } from './scene.ts';
import { type Tighter, tighterAssembly } from './throttled-assembly.ts';

/** One that presses and looks, first come, first served, at something that never ends. */
const SALE = {
  item: { units: 'unlimited' as const, price: 0 },
  admission: { expectedShoppers: 0, perSecond: 1_000 },
};

let scene: Scene | undefined;
const folders: string[] = [];

async function stop() {
  releaseTime();
  await scene?.stop();
  scene = undefined;
}

afterEach(async () => {
  await stop();
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

async function start(options: SceneOptions, tighter: Tighter): Promise<Scene> {
  const assembly = tighterAssembly(tighter);
  folders.push(assembly);
  scene = await startScene({ ...options, assembly });
  return scene;
}

const rate = (perSecond: number) => ({ rateLimit: perSecond, burstLimit: perSecond });

/** Whether two figures are within a share of the larger. */
const expectWithin = (real: number, model: number, share: number) =>
  expect(Math.abs(real - model)).toBeLessThanOrEqual(share * Math.max(real, model));

describe('a plan of pages and buys', () => {
  const HABITS = { ...EAGER, orderLookEvery: 2, orderStays: 10, staysFor: 0 };

  /** Seconds in which buys and looks were refused first, and how many: rehearsed, and by the model. */
  async function compared(id: string, buys: number, pages: number) {
    const shoppers = 800;
    const item = { ...SALE.item, price: 4_900 };
    const at = await start({ id, ...SALE, item }, { buy: rate(buys), browse: rate(pages) });
    const looks: Look[] = [];
    const real = await rehearse(at, shoppers, 120, looker(looks, HABITS));
    const presses = real.answers.filter(({ code }) => code === 'too-many-requests');
    const refusals = {
      buyRate: presses.map(({ askedAt = 0 }) => askedAt),
      browseRate: looks.flatMap((look) => (look.isRefused ? [look.askedAt] : [])),
    };
    const limits = { buyRate: buys, buyBurst: buys, browseRate: pages, browseBurst: pages };
    const exceeded = exceededIn(simulate(settingOf(at, shoppers, limits, HABITS), 'edge'));
    const rehearsed = (['buyRate', 'browseRate'] as const)
      .filter((limit) => refusals[limit].length > 0)
      .map((limit) => ({
        limit,
        second: Math.ceil((Math.min(...refusals[limit]) - real.opensAt) / 1000),
        total: refusals[limit].length,
      }))
      .toSorted((a, b) => a.second - b.second);
    say(`${shoppers} at once, ${buys} buys/s, ${pages} pages/s: limit, first second, refused`, [
      ...rehearsed.map((one) => `rehearsed  ${one.limit}, ${one.second}, ${figure(one.total)}`),
      ...exceeded.map(
        (one) => `foretold   ${one.limit}, ${one.second}, ${figure(Math.round(one.total))}`,
      ),
    ]);
    return { rehearsed, exceeded };
  }

  test('foretells that buys are refused first, pages some seconds later, and how many', async () => {
    const { rehearsed, exceeded } = await compared('both', 100, 150);
    expect(exceeded.map(({ limit }) => limit)).toEqual(['buyRate', 'browseRate']);
    expect(rehearsed.map(({ limit }) => limit)).toEqual(['buyRate', 'browseRate']);
    for (const [index, { second, total }] of exceeded.entries()) {
      const real = rehearsed[index];
      expect(Math.abs((real?.second ?? 0) - second)).toBeLessThanOrEqual(1);
      expectWithin(real?.total ?? 0, total, 0.15);
    }
  });

  test('foretells that pages alone are refused, where buys have room', async () => {
    const { rehearsed, exceeded } = await compared('pages', 1_000, 150);
    expect(exceeded.map(({ limit }) => limit)).toEqual(['browseRate']);
    expect(rehearsed.map(({ limit }) => limit)).toEqual(['browseRate']);
    expectWithin(rehearsed[0]?.total ?? 0, exceeded[0]?.total ?? 0, 0.15);
  });
});

describe('a plan of few environments', () => {
  test('foretells that Lambda refuses first, and the usage plan nobody', async () => {
    const shoppers = 300;
    const at = await start({ id: 'narrow', ...SALE }, { environments: 1 });
    const real = await rehearse(at, shoppers, 600);
    const { throttles = 0 } = at.stack.requests.functions['Buy'] ?? {};
    const limits = { buyEnvironments: 1, readyEnvironments: 1 };
    const exceeded = exceededIn(simulate(settingOf(at, shoppers, limits), 'edge'));
    say('300 at once, one environment', [
      `rehearsed  ${figure(throttles)} refused by Lambda`,
      `foretold   ${exceeded.map(({ limit, total }) => `${figure(Math.round(total))} by ${limit}`).join(', ')}`,
    ]);
    expect(exceeded.map(({ limit }) => limit)).toEqual(['buyEnvironments']);
    expect(throttles).toBeGreaterThan(0);
    expect(real.answers.filter(({ code }) => code === 'too-many-requests')).toEqual([]);
  });
});

describe('one more unit', () => {
  const SHOPPERS = 1_200;

  /** How long 99 of 100 waited for their order, and how long answers took: rehearsed, and by the model. */
  async function both(buys: number) {
    const at = await start({ id: `rate-${buys}`, ...SALE }, { buy: rate(buys) });
    const real = await rehearse(at, SHOPPERS, 120);
    const limits: Partial<Limits> = { buyRate: buys, buyBurst: buys };
    const setting = settingOf(at, SHOPPERS, limits);
    const watch = waits();
    const course = simulate(setting, 'edge', watch.see);
    const foretold = {
      answered: answeredAt(setting.plan, course.seconds) ?? 0,
      ...watch.all().course.answer,
    };
    const rehearsed = { answered: servedAt(real), ...waitsIn(real) };
    await stop();
    return { buys, rehearsed, foretold };
  }

  test('buys in the model what it buys in a rehearsal: at twice the throttle, half the time', async () => {
    const [one, twice] = [await both(80), await both(160)];
    const slope = (of: 'rehearsed' | 'foretold') => (one[of].answered - twice[of].answered) / 80;
    say(
      `${figure(SHOPPERS)} at once, at a throttle: 99% answered after, p50 and p95 of answers, s`,
      [
        ...[one, twice].map(
          ({ buys, rehearsed, foretold }) =>
            `${String(buys).padEnd(4)}rehearsed ${shown(rehearsed)}   foretold ${shown(foretold)}`,
        ),
        `sooner for one more a second: rehearsed ${slope('rehearsed').toFixed(3)} s, foretold ${slope('foretold').toFixed(3)} s`,
      ],
    );
    for (const { rehearsed, foretold } of [one, twice]) {
      expectWithin(rehearsed.answered, foretold.answered, 0.1);
      for (const quantile of ['p50', 'p95'] as const) {
        const away = Math.abs((rehearsed[quantile] ?? 0) - (foretold[quantile] ?? 0));
        expect(away).toBeLessThanOrEqual(AGAIN_SECONDS);
      }
    }
    expectWithin(slope('rehearsed'), slope('foretold'), 0.15);
  });
});

/** Whoever is refused comes again so late at most: answers come in waves that are so far apart. */
const AGAIN_SECONDS = 1.5;

const shown = (figures: { answered: number; p50?: number; p95?: number }): string =>
  [figures.answered, figures.p50 ?? 0, figures.p95 ?? 0].map((one) => one.toFixed(1)).join(', ');

/** Seconds from the opening until 99 of 100 had their order. */
function servedAt({ answers, opensAt }: Rehearsed): number {
  const orders = answers.filter(({ code = 'order' }) => code === 'order');
  const ends = orders.map(({ at }) => at).toSorted((a, b) => a - b);
  return ((ends[Math.ceil(0.99 * ends.length) - 1] ?? 0) - opensAt) / 1000;
}

/** From the first press of each shopper to the order, in seconds. */
function waitsIn({ answers }: Rehearsed) {
  const pressed = new Map<string, number>();
  const waited: number[] = [];
  for (const { shopper, code = 'order', askedAt = 0, at } of answers) {
    if (!pressed.has(shopper)) pressed.set(shopper, askedAt);
    if (code === 'order') waited.push((at - (pressed.get(shopper) ?? 0)) / 1000);
  }
  const sorted = waited.toSorted((a, b) => a - b);
  const rank = (share: number) => sorted[Math.ceil(share * sorted.length) - 1] ?? 0;
  return { p50: rank(0.5), p95: rank(0.95) };
}
