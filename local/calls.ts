/** @module Each AWS call that functions make, counted, and on request kept. */

export type Call = {
  /** Name of the function that called. */
  readonly function: string;
  readonly service: string;
  readonly operation: string;
  readonly table?: string | undefined;
  /** Write units of DynamoDB; a failed condition costs one. */
  readonly writeUnits: number;
  readonly readUnits: number;
  /** The code of the error, where the call failed. */
  readonly error?: string | undefined;
};

export type CallCount = {
  readonly function: string;
  readonly service: string;
  readonly operation: string;
  readonly table: string | undefined;
  calls: number;
  errors: number;
  writeUnits: number;
  readUnits: number;
};

export class CallLog {
  /** Hears of every call; set by whoever makes metrics of them. */
  onAdd: (call: Call) => void = () => {};
  /** Whether {@link records} grows. */
  recording = false;
  /** Every call since recording began, in order of their answers. */
  readonly records: Call[] = [];
  private readonly counts = new Map<string, CallCount>();

  add(call: Call) {
    if (this.recording) this.records.push(call);
    this.onAdd(call);
    const count = this.countOf(call);
    count.calls += 1;
    if (call.error !== undefined) count.errors += 1;
    count.writeUnits += call.writeUnits;
    count.readUnits += call.readUnits;
  }

  /** The counts until now: one for each function, operation and table. */
  snapshot(): CallCount[] {
    return [...this.counts.values()].map((count) => ({ ...count }));
  }

  /** What was counted after an earlier snapshot. */
  since(earlier: readonly CallCount[]): CallCount[] {
    const before = new Map(earlier.map((count) => [keyOf(count), count]));
    return this.snapshot()
      .map((count) => minus(count, before.get(keyOf(count))))
      .filter(({ calls }) => calls > 0);
  }

  reset() {
    this.counts.clear();
    this.records.length = 0;
  }

  private countOf(call: Call): CallCount {
    const key = keyOf(call);
    const known = this.counts.get(key);
    if (known !== undefined) return known;
    const { function: caller, service, operation, table } = call;
    const zero = { calls: 0, errors: 0, writeUnits: 0, readUnits: 0 };
    const count = { function: caller, service, operation, table, ...zero };
    this.counts.set(key, count);
    return count;
  }
}

type Key = Pick<Call, 'function' | 'service' | 'operation' | 'table'>;

const keyOf = (key: Key): string =>
  `${key.function} ${key.service} ${key.operation} ${key.table ?? ''}`;

const minus = (count: CallCount, before: CallCount | undefined): CallCount =>
  before === undefined
    ? count
    : {
        ...count,
        calls: count.calls - before.calls,
        errors: count.errors - before.errors,
        writeUnits: count.writeUnits - before.writeUnits,
        readUnits: count.readUnits - before.readUnits,
      };
