/** @module Two faults in one flow, chosen by a seed: the second strikes what follows from the first. */

import { between, type Random, randomFor } from '../../load/random.ts';
import type { CallFault } from '../../local/faults.ts';
import { type Naming, namingOf } from './calls.ts';
import type { Case } from './cases.ts';
import type { Flow } from './flow.ts';
import type { Stage } from './ground.ts';
import { KINDS } from './kinds.ts';
import { type Explored, faultOf, singlesOf } from './singles.ts';

/** How many calls of a function may lie between the two. */
const MOST_BETWEEN = 4;

/** Pairs by number: the same seed and number choose the same, whatever else runs. */
export function pairsOf(
  { scene }: Stage,
  explored: readonly Explored[],
  seed: number,
  count: number,
): Case[] {
  const naming = namingOf(scene);
  return Array.from({ length: count }, (_, at) => at + 1).map((number) =>
    pairOf(explored, naming, randomFor(seed, number), number),
  );
}

function pairOf(
  explored: readonly Explored[],
  naming: Naming,
  chance: Random,
  number: number,
): Case {
  const one = pick(chance, explored);
  const first = pick(chance, singlesOf(one));
  const name = `pair ${number}`;
  const second = following(chance, first.function);
  const told = `${first.name}; then ${second.action} at its call ${second.nth} from there`;
  return {
    name,
    about: told,
    flow: twice(one.flow),
    faults: [...after(faultOf(first, naming), second)],
  };
}

const pick = <T>(chance: Random, from: readonly T[]): T =>
  from[between(chance, 0, from.length - 1)] as T;

/** A fault of the same function. */
function following(chance: Random, fn: string): CallFault & { readonly times: number } {
  const { action, times } = pick(chance, Object.values(KINDS));
  return { function: fn, action, times, nth: between(chance, 1, MOST_BETWEEN) };
}

/** The second counts only calls that come after the first has struck for the last time. */
function after(first: CallFault, second: CallFault): readonly [CallFault, CallFault] {
  let left = first.times ?? 1;
  let seen = 0;
  const counted: CallFault = {
    ...first,
    when: (call) => {
      if (left <= 0 || !(first.when?.(call) ?? true)) return false;
      seen += 1;
      if (seen >= (first.nth ?? 1)) left -= 1;
      return true;
    },
  };
  return [counted, { ...second, when: () => left <= 0 }];
}

/** A flow whose shopper comes again while faults still strike, and once more when they have stopped. */
const twice = (flow: Flow): Flow => ({
  ...flow,
  async prepare(ground) {
    const deed = await flow.prepare(ground);
    const act = async () => {
      await deed.act();
      // What is refused now is asked for again later.
      await deed.again?.().catch(() => {});
    };
    return { ...deed, act };
  },
});
