/** A script that knows everything but the opening second, against people. */

import { afterEach, describe, expect, test } from '@jest/globals';
import type { ShopperAnswer } from '../../domain/audit-answers.ts';
import type { Admission } from '../../domain/sale.ts';
import { type Random, randomFor } from '../../load/random.ts';
import { doorKeyIn } from '../../load/shopper.ts';
import { releaseTime, stopTime } from '../support/still-time.ts';
import { answerOf, isDecided } from './presses.ts';
import { say } from './say.ts';
import { type Scene, startScene } from './scene.ts';
import { type Actor, play } from './stage.ts';
import {
  buyShot,
  enterAll,
  keepTicket,
  solveAll,
  takeTickets,
  ticketShot,
  type Visitor,
} from './visitors.ts';

const SCRIPTS = 100;
const PEOPLE = 900;
const SHARE = SCRIPTS / (SCRIPTS + PEOPLE);
const UNITS = 300;
const DRAWS = 3;

/** Standard deviations: chance alone goes further once in 15,000 rehearsals. */
const SIGMAS = 4;

const TICK_MS = 100;

/** By then the units are gone, 8 standard deviations beyond the mean of a minute. */
const UNTIL_MS = 90_000;

/** What people need from seeing that they may to pressing. */
const reactionMs = (chance: Random): number => 300 + 2_700 * chance();

/** People look again after a second and a bit, as the page does; a script at every tick. */
const lookAgainMs = (chance: Random | undefined): number =>
  chance === undefined ? TICK_MS : 1_000 * (1 + chance() / 2);

let scene: Scene | undefined;

afterEach(async () => {
  releaseTime();
  await scene?.stop();
  scene = undefined;
});

type Log = (ShopperAnswer & { readonly isScript: boolean })[];

/** Looks for the door key, waits for its slot, presses. @param chance Decides how a person hesitates; a script has none */
function buyer(
  { stack, sale }: Scene,
  visitor: Visitor,
  chance: Random | undefined,
  log: Log,
): Actor {
  let doorKey: string | undefined;
  let asked: 'flag' | 'ticket' | 'buy' = 'flag';
  let askedAt = 0;
  const hesitate = () => (chance === undefined ? 0 : reactionMs(chance));
  const onFlag = (text: string, now: number) => {
    doorKey = doorKeyIn(text);
    return doorKey === undefined
      ? now + lookAgainMs(chance)
      : Math.max(now, visitor.slot) + hesitate();
  };
  return {
    next() {
      askedAt = stack.clock.now();
      if (doorKey === undefined) asked = 'flag';
      else asked = visitor.expires <= askedAt ? 'ticket' : 'buy';
      if (asked === 'flag') {
        return { method: 'GET', path: `/sales/${sale.id}/sale.js?v=1`, headers: {} };
      }
      return asked === 'ticket'
        ? ticketShot(sale.id, visitor)
        : buyShot(sale.id, doorKey ?? '', visitor);
    },
    take(hit, now) {
      if (asked === 'flag') return onFlag(hit.text, now);
      if (asked === 'ticket') {
        keepTicket(visitor, hit);
        return now;
      }
      log.push({ ...answerOf(visitor, hit, askedAt, now), isScript: chance === undefined });
      if (isDecided(hit)) return undefined;
      return now + (chance === undefined ? TICK_MS : hit.retryAfter * 1_000);
    },
  };
}

/** One sale. @returns how many of the units the script got */
async function race(id: string, seed: number, admission: Partial<Admission>) {
  scene = await startScene({
    id,
    item: { units: UNITS, price: 0 },
    admission: { difficulty: 50, ...admission },
  });
  stopTime();
  const { sale, stack, volley } = scene;
  const visitors = await enterAll(volley, SCRIPTS + PEOPLE);
  await scene.skipTo(sale.opensAt - 5_000);
  await solveAll(volley, sale.id, visitors);
  await takeTickets(volley, sale.id, visitors);
  const log: Log = [];
  const cast = visitors.map((visitor, index) => {
    const chance = index < SCRIPTS ? undefined : randomFor(seed, index);
    const actor = buyer(scene as Scene, visitor, chance, log);
    // The script looks from five seconds before; people when they see the countdown end.
    return { actor, due: chance === undefined ? stack.clock.now() : sale.opensAt };
  });
  await play(scene, { cast, tickMs: TICK_MS, until: sale.opensAt + UNTIL_MS });
  const sold = log.filter(({ orderId }) => orderId !== undefined);
  const early = sold.filter(({ at }) => at < sale.opensAt);
  const last = Math.max(...sold.map(({ at }) => at)) - sale.opensAt;
  await scene.expectKept(log);
  releaseTime();
  await scene.stop();
  scene = undefined;
  return {
    early: early.length,
    sold: sold.length,
    script: sold.filter(({ isScript }) => isScript).length,
    lastMs: last,
  };
}

describe('a script that knows everything but the opening second', () => {
  test('gets the share of its shoppers where slots are drawn', async () => {
    const races = [];
    for (let seed = 1; seed <= DRAWS; seed++) {
      // 5 a second: the units last for a minute, against which three seconds of hesitation are little.
      races.push(await race('drawn', seed, { expectedShoppers: 1_000, perSecond: 5 }));
    }
    const sold = races.reduce((sum, one) => sum + one.sold, 0);
    const script = races.reduce((sum, one) => sum + one.script, 0);
    const sigma = Math.sqrt((SHARE * (1 - SHARE)) / sold);
    say(`${SCRIPTS} scripts among ${SCRIPTS + PEOPLE} shoppers, slots drawn`, [
      ...races.map(
        (one, index) =>
          `draw ${index + 1}: ${one.script} of ${one.sold} units, gone after ${Math.round(one.lastMs / 1_000)} s`,
      ),
      `share ${((100 * script) / sold).toFixed(1)} % of units, ${100 * SHARE} % of shoppers; ` +
        `binomial bound: ${SIGMAS} × ${(100 * sigma).toFixed(1)} points`,
    ]);
    expect(races.map(({ early }) => early)).toEqual(races.map(() => 0));
    expect(races.map((one) => one.sold)).toEqual(races.map(() => UNITS));
    expect(Math.abs(script / sold - SHARE)).toBeLessThanOrEqual(SIGMAS * sigma);
  });

  test('sells nothing before the opening where it is first come, first served', async () => {
    const { early, sold, script, lastMs } = await race('first', 1, {});
    say(`${SCRIPTS} scripts among ${SCRIPTS + PEOPLE} shoppers, first come, first served`, [
      `share ${((100 * script) / sold).toFixed(1)} % of units, ${100 * SHARE} % of shoppers; ` +
        `${((script / SCRIPTS) * 100).toFixed(0)} % of scripts got one, ` +
        `${(((sold - script) / PEOPLE) * 100).toFixed(0)} % of people; gone after ${(lastMs / 1_000).toFixed(1)} s`,
    ]);
    expect(early).toBe(0);
    expect(sold).toBe(UNITS);
  });
});
