/** @module Who may come on the stage: what can begin in a store, by kind. All of it is the domain's own. */

import { restock } from '../../domain/grant.ts';
import type { Message } from '../../domain/messages.ts';
import { type RecordWorld, recordAll } from '../../domain/record-all.ts';
import { sweepSale } from '../../domain/sweep-sale.ts';
import { membersOf } from './actors.ts';
import { approving } from './cast-operators.ts';
import { buyAt, pay, scan } from './cast-shoppers.ts';
import { cancel, rollback, sweepAt, sweepBackwards } from './cast-sweeps.ts';
import { type Configuration, type Kind, LATE, LATER, NOW, SOON } from './configuration.ts';
import { type Machine, NOTHING } from './machine.ts';
import { QUEUE, shortOf } from './names.ts';
import { PAYMENTS } from './payments.ts';
import { type Entrance, type Play, playOf } from './play.ts';
import { replayed } from './replay.ts';

/** The entrances of a configuration. */
export function castOf(config: Configuration): readonly Entrance[] {
  const play = playOf(config);
  return [
    buyAt(play, 'buy', NOW),
    buyAt(play, 'buy-later', LATER),
    pay(play, 'pay', PAYMENTS.first),
    pay(play, 'pay-twice', PAYMENTS.second),
    pay(play, 'pay-wrong', PAYMENTS.less, PAYMENTS.foreign),
    approving(play),
    ...rollback(play, 'rollback', LATE),
    ...rollback(play, 'early-rollback', NOW),
    ...cancel(play),
    sweepAt(play, 'sweep', LATE),
    sweepAt(play, 'sweep-soon', SOON),
    ...sweepBackwards(play),
    sweepWhole(play),
    restocking(play),
    recording(),
    scan(play),
  ];
}

const whole = (kind: Kind, machine: Machine): Entrance => ({
  ...{ kind, items: [] },
  begins: () => [{ machine, state: [], label: kind }],
});

const sweepWhole = ({ sale }: Play): Entrance =>
  whole(
    'sweep-sale',
    replayed('sweep-sale', (world) => sweepSale(world, sale, LATE)),
  );

const restocking = ({ item }: Play): Entrance =>
  whole(
    'restock',
    replayed('restock', (world) => restock(world, item, 1, 1, NOW)),
  );

const recording = (): Entrance => ({
  kind: 'record',
  items: [QUEUE],
  begins: (queue) =>
    [...membersOf(queue)].map((text) => {
      const message = JSON.parse(text) as Message;
      const told =
        message.kind === 'order' ? `${message.state} ${shortOf(message.holder)}` : message.kind;
      const run = (world: RecordWorld) => recordAll(world, [message]);
      const machine = replayed(text, run, ([failure]) =>
        failure ? NOTHING : { notes: [{ of: 'delivered', what: text }] },
      );
      return { machine, state: [], label: `record of ${told}` };
    }),
});
