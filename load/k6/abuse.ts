/** @module The abuse: bad tickets, double clicks and pollers, beside shoppers who only want to buy. */

// biome-ignore lint/correctness/noUndeclaredDependencies: a module of the runtime, not of npm
import { scenario, vu } from 'k6/execution';
import { runOf } from './k6-run.ts';
import type { Player } from './player.ts';
import { pollOnce } from './poller.ts';
import { collect, type Thief, tryOnce } from './thief.ts';
import { comeAndBuy, doubleVisit, visit as whole } from './visit.ts';
import type { SaleFacts } from './watch.ts';

const run = runOf('abuse');
const { rate, doubleRate, badRate, pollers, durationSeconds, visitSeconds, vus } = run.settings;

const duration = `${durationSeconds}s`;
const gracefulStop = `${visitSeconds}s`;

const coming = (name: string, perSecond: number) => ({
  executor: 'constant-arrival-rate',
  exec: name,
  rate: perSecond,
  duration,
  preAllocatedVUs: vus,
  gracefulStop,
});

export const options = run.options({
  visit: coming('visit', rate),
  double: coming('double', doubleRate),
  thief: coming('thief', badRate),
  poller: { executor: 'constant-vus', exec: 'poller', vus: pollers, duration, gracefulStop },
});

export const setup = run.setup;

export function visit(facts: SaleFacts): Promise<void> {
  run.arrive();
  return run.play(() => whole(run.player(facts, 'visit', scenario.iterationInTest)));
}

export function double(facts: SaleFacts): Promise<void> {
  run.arrive();
  return run.play(() => doubleVisit(run.player(facts, 'double', scenario.iterationInTest)));
}

/** What this virtual user has collected; another one each time would be a crowd of sessions and no bad press. */
let loot: Thief | undefined;

export const thief = (facts: SaleFacts): Promise<void> =>
  run.play(async () => {
    const { idInTest } = vu;
    const own = () => run.player(facts, 'thief', 2 * idInTest);
    loot ??= await collect(own(), run.player(facts, 'thief', 2 * idInTest + 1));
    if (loot) await tryOnce(loot);
  });

/** This virtual user, and its order once it has one. */
let looking: { readonly player: Player; readonly orderId: string | undefined } | undefined;

export const poller = (facts: SaleFacts): Promise<void> =>
  run.play(async () => {
    looking ??= await settled(run.player(facts, 'poller', vu.idInTest));
    await pollOnce(looking.player, looking.orderId);
  });

async function settled(player: Player) {
  const orderId = await comeAndBuy(player);
  player.stage.tell.left(player.ledger.units(player.stage.facts.startsAt));
  return { player, orderId };
}

export const handleSummary = run.handleSummary;
