import type { ItemKey } from '../../domain/items.ts';
import { partsOf } from '../../domain/order-id.ts';
import { release, releasing } from '../../domain/release.ts';
import { cures, curing } from '../../domain/sweep-cure.ts';
import { type Judged, look, looking } from '../../domain/sweep-look.ts';
import { judge } from '../../domain/sweep-verdict.ts';
import { type Kind, LATE, NOW } from './configuration.ts';
import { type Ending, machineOf } from './machine.ts';
import { shortOf } from './names.ts';
import { type Entrance, ofClaims, type Play, statusIn } from './play.ts';

const ending = machineOf('release', releasing);

export const rollback = (play: Play, kind: Kind, now: number): readonly Entrance[] =>
  ofClaims(play, kind, (claim) => {
    if (claim.state === 'PAID' || claim.state === 'RELEASED') return [];
    const reason = claim.state === 'PENDING' ? 'lapsed' : 'expired';
    const state = release(play.item, claim, reason, now);
    return [{ machine: ending, state, label: `${kind} of ${shortOf(claim.holder)}` }];
  });

export const cancel = (play: Play): readonly Entrance[] =>
  ofClaims(play, 'cancel', (claim) => {
    if (claim.state !== 'RESERVED') return [];
    const state = release(play.item, claim, 'cancelled', NOW);
    const notes = [{ of: 'cancel-asked' as const, what: claim.holder }];
    return [{ machine: ending, state, label: `cancel of ${shortOf(claim.holder)}`, notes }];
  });

const cure = machineOf('cure', curing);

const curesOf = (item: ItemKey, judged: readonly Judged[], now: number): Ending => ({
  begins: cures(item, judged, now).map((state) => ({ machine: cure, state, label: 'sweep cures' })),
});

export function sweepAt({ item, status }: Play, kind: Kind, now: number): Entrance {
  const looks = machineOf(kind, looking, (judged) => curesOf(item, judged, now));
  return {
    kind,
    items: [status],
    begins: (of) =>
      Array.from({ length: statusIn(of).shards }, (_, shard) => ({
        machine: looks,
        state: look(item, [shard], now),
        label: `${kind} of shard ${shard}`,
      })),
  };
}

/** Reads a claim, waits, and then judges what stands in the first shard by it. */
export const sweepBackwards = (play: Play): readonly Entrance[] =>
  ofClaims(play, 'sweep-backwards', (claim) => {
    const { item } = play;
    const { buyerKey, n } = partsOf(claim.holder) ?? {};
    const looks = machineOf(`backwards from ${claim.holder} ${claim.state}`, looking, (seen) => {
      const own = seen.filter(({ holder }) => {
        const parts = partsOf(holder);
        return parts?.buyerKey === buyerKey && parts?.n === n;
      });
      const judged = own.map((one) => ({
        ...{ ...one, claim },
        verdict: judge(one.holder, one.shard, claim, 'PAID', LATE),
      }));
      return curesOf(item, judged, LATE);
    });
    const label = `sweep that read ${shortOf(claim.holder)} first`;
    return [{ machine: looks, state: look(item, [0], LATE), label }];
  });
