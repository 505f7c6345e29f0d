import { describe, expect, test } from '@jest/globals';
import { memoryStore } from '../../adapters/memory-store.ts';
import { entriesIn, type JournalWorld, recorded } from '../../domain/journal.ts';
import type { Write } from '../../domain/write.ts';
import { OPENS_AT } from '../support/sales.ts';

const ADA = { name: 'arn:aws:iam::1:user/ada', from: 'command line on desk' };

const PAUSE = { what: 'pause', saleId: 'night', detail: { inSeconds: 60 } };

function aWorld() {
  const store = memoryStore();
  let drawn = 0;
  const world: JournalWorld = { store, clock: () => OPENS_AT, secret: () => `s${++drawn}` };
  /** What the log says, as a reader of that day gets it. */
  const log = () => {
    const ofDay = 'orders/LOG#2026-11-27/';
    const stored = [...store.items].flatMap(([name, item]) =>
      name.startsWith(ofDay) ? [{ ...item, sk: name.slice(ofDay.length) }] : [],
    );
    return entriesIn(stored.sort((a, b) => (a.sk < b.sk ? -1 : 1)));
  };
  return { world, log, store };
}

/** A world whose log cannot be written while `fails` says so. */
const failing = (world: JournalWorld, fails: (write: Write) => boolean): JournalWorld => ({
  ...world,
  store: {
    ...world.store,
    async write(write) {
      if (fails(write)) throw new Error('the table is away');
      return world.store.write(write);
    },
  },
});

const isOutcome = ({ item }: Write): boolean => item.sk?.endsWith('#outcome') ?? false;

describe('recorded()', () => {
  test('writes down who, when, what and from where, then what came of it', async () => {
    const { world, log } = aWorld();
    const seen: unknown[] = [];
    const outcome = await recorded(world, ADA, PAUSE, async () => {
      seen.push(...log());
      return { kind: 'paused' };
    });
    const entry = { ...ADA, ...PAUSE, at: OPENS_AT, id: '2026-11-27T20:00:00.000Z-s1' };
    expect(outcome).toEqual({ kind: 'paused' });
    expect(seen).toEqual([entry]);
    expect(log()).toEqual([{ ...entry, outcome: 'paused' }]);
  });

  test('writes down that it failed, and throws on', async () => {
    const { world, log } = aWorld();
    const run = async () => {
      throw new Error('no edge');
    };
    await expect(recorded(world, ADA, PAUSE, run)).rejects.toThrow('no edge');
    expect(log()).toMatchObject([{ what: 'pause', outcome: 'failed' }]);
  });

  test('leaves an entry without an outcome where it was cut short', async () => {
    const { world, log } = aWorld();
    void recorded(world, ADA, PAUSE, () => new Promise<never>(() => {}));
    await new Promise((resolve) => setImmediate(resolve));
    expect(log()).toEqual([expect.not.objectContaining({ outcome: expect.anything() })]);
    await recorded(world, ADA, PAUSE, async () => ({ kind: 'paused' }));
    expect(log().map(({ outcome }) => outcome)).toEqual([undefined, 'paused']);
  });

  test('does nothing that it cannot write down', async () => {
    const { world, log } = aWorld();
    let done = 0;
    const run = async () => ({ kind: `done ${++done} times` });
    await expect(
      recorded(
        failing(world, () => true),
        ADA,
        PAUSE,
        run,
      ),
    ).rejects.toThrow('away');
    expect([done, log()]).toEqual([0, []]);
  });

  test('takes what is done for done, though its outcome cannot be written down', async () => {
    const { world, log } = aWorld();
    const forgetful = failing(world, isOutcome);
    const run = async () => ({ kind: 'paused' });
    expect(await recorded(forgetful, ADA, PAUSE, run)).toEqual({ kind: 'paused' });
    const broken = async () => {
      throw new Error('no edge');
    };
    await expect(recorded(forgetful, ADA, PAUSE, broken)).rejects.toThrow('no edge');
    expect(log().map(({ outcome }) => outcome)).toEqual([undefined, undefined]);
  });

  test('keeps acts apart that are done at the same instant, and those that need no detail', async () => {
    const { world, log } = aWorld();
    await recorded(world, ADA, { what: 'keys rotate' }, async () => ({ kind: 'rotated' }));
    await recorded(world, ADA, PAUSE, async () => ({ kind: 'paused' }));
    expect(log().map(({ what, detail, outcome }) => [what, detail, outcome])).toEqual([
      ['keys rotate', {}, 'rotated'],
      ['pause', { inSeconds: 60 }, 'paused'],
    ]);
  });
});
