/**
 * @module
 * The log of what operators did: who, when, what, from where. It is only ever added to. An act is written down before it
 * is done, so that none can be missing, and what came of it after; an act without an outcome has been cut short, or is
 * still going on.
 */

import type { Clock, Store } from './ports.ts';
import type { EpochMs } from './units.ts';
import { absent, type Key } from './write.ts';

/** Who acts, and from where. */
export type Operator = {
  /** An IAM ARN, the subject of an identity token, or a user of this machine. */
  readonly name: string;
  /** Such as `command line on HOST` or `page at ADDRESS`. */
  readonly from: string;
};

/** What somebody is about to do. */
export type Act = {
  /** The verb, as the command line has it: `pause`. */
  readonly what: string;
  readonly saleId?: string;
  /** What it is done with. No secrets, and nothing of shoppers. */
  readonly detail?: Readonly<Record<string, string | number | boolean>>;
};

export type JournalEntry = Operator &
  Act & {
    /** Unique; later acts have later ids. */
    readonly id: string;
    readonly at: EpochMs;
    /** What came of it: the kind of its outcome, or `failed`. Absent: not known. */
    readonly outcome?: string;
  };

/** Reads the log. */
export interface Journal {
  /** The entries of a UTC day, such as `2026-11-21`, oldest first. */
  read(day: string): Promise<readonly JournalEntry[]>;
}

export type JournalWorld = {
  readonly store: Store;
  readonly clock: Clock;
  /** Random text that nobody draws twice. */
  readonly secret: () => string;
};

/** Writes an act down, does it, and writes down what came of it. What cannot be written down is not done. */
export async function recorded<T extends { readonly kind: string }>(
  world: JournalWorld,
  operator: Operator,
  act: Act,
  run: () => Promise<T>,
): Promise<T> {
  const at = world.clock();
  const id = `${new Date(at).toISOString()}-${world.secret()}`;
  const { detail = {}, ...rest } = act;
  const entry = { ...operator, ...rest, detail: JSON.stringify(detail), at };
  await world.store.write({ item: entryKey(id), when: absent, put: entry });
  const conclude = (outcome: string) =>
    world.store.write({ item: outcomeKey(id), when: absent, put: { outcome } });
  try {
    const outcome = await run();
    // It is done: that its outcome could not be written down makes it no failure.
    await conclude(outcome.kind).catch(() => undefined);
    return outcome;
  } catch (error) {
    await conclude('failed').catch(() => undefined);
    throw error;
  }
}

/** The partition of a day's entries. */
export const journalPartition = (day: string): string => `LOG#${day}`;

/** An id begins with its instant in ISO 8601, so that entries are in order. */
const entryKey = (id: string): Key => ({
  table: 'orders',
  pk: journalPartition(id.slice(0, 10)),
  sk: id,
});

/** Right behind the entry itself. */
const OUTCOME = '#outcome';

const outcomeKey = (id: string): Key => {
  const { sk, ...key } = entryKey(id);
  return { ...key, sk: `${sk}${OUTCOME}` };
};

/** What is stored of a day, oldest first, as entries: each with what came of it. */
export function entriesIn(
  stored: readonly { readonly sk: string; readonly [attribute: string]: unknown }[],
): readonly JournalEntry[] {
  const outcomes = new Map(
    stored
      .filter(({ sk }) => sk.endsWith(OUTCOME))
      .map(({ sk, outcome }) => [sk.slice(0, -OUTCOME.length), String(outcome)]),
  );
  return stored
    .filter(({ sk }) => !sk.endsWith(OUTCOME))
    .map(({ sk: id, detail, ...entry }) => {
      const outcome = outcomes.get(id);
      return {
        ...(entry as Omit<JournalEntry, 'id' | 'detail'>),
        id,
        detail: JSON.parse(String(detail)) as NonNullable<Act['detail']>,
        ...(outcome !== undefined && { outcome }),
      };
    });
}
