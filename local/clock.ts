/**
 * @module
 * The clock of the local stack: real time and an offset. Everything that waits, waits on it, so that a quarter of an
 * hour passes in milliseconds.
 */

/** What users of the stack see. */
export type Clock = {
  /** Epoch milliseconds, as functions and gate see them. */
  now(): number;
  /** Lets time pass: each timer due until then fires at its own instant, and what it starts ends before the next. */
  advance(ms: number): Promise<void>;
};

/** A timer on the virtual clock. */
export type Timer = { readonly due: number; cancel(): void };

/** Node fires timers above this many ms at once. */
const LONGEST_MS = 2 ** 31 - 1;

type Entry = Timer & { readonly fire: () => unknown; real: NodeJS.Timeout | undefined };

export class VirtualClock implements Clock {
  /** Called with the new offset whenever time jumps. */
  readonly onJump: ((offset: number) => Promise<void>)[] = [];
  /** Resolves when nothing runs; the stack sets it. */
  settle: () => Promise<void> = async () => {};
  private offset = 0;
  private isStopped = false;
  private readonly entries = new Set<Entry>();
  /** What fired and has not ended, be it because its real time had come while the clock jumped. */
  private readonly firing = new Set<Promise<unknown>>();

  now(): number {
    return Date.now() + this.offset;
  }

  /** Calls `fire` after `ms`; an asynchronous `fire` is awaited by {@link advance}. */
  after(ms: number, fire: () => unknown): Timer {
    return this.at(this.now() + ms, fire);
  }

  at(due: number, fire: () => unknown): Timer {
    const cancel = () => {
      clearTimeout(entry.real);
      this.entries.delete(entry);
    };
    const entry: Entry = { due, fire, cancel, real: undefined };
    this.entries.add(entry);
    this.arm(entry);
    return entry;
  }

  async advance(ms: number): Promise<void> {
    const target = this.now() + ms;
    try {
      await this.settle();
      for (;;) {
        const due = this.earliest();
        if (due > target) break;
        await this.jump(due);
        await this.fireDue();
        await this.settle();
      }
      await this.jump(target);
    } finally {
      // Not at each jump: what is due on the way is fired here, and thousands of timers take as many jumps.
      for (const entry of this.entries) this.arm(entry);
    }
    await this.settle();
  }

  /** From here on nothing fires, be it asked for by what is still under way. */
  stop() {
    this.isStopped = true;
    for (const entry of [...this.entries]) entry.cancel();
  }

  private earliest(): number {
    let earliest = Number.POSITIVE_INFINITY;
    for (const { due } of this.entries) earliest = Math.min(earliest, due);
    return earliest;
  }

  private async jump(to: number) {
    this.offset += Math.max(0, to - this.now());
    for (const listener of this.onJump) await listener(this.offset);
  }

  private async fireDue() {
    const due = [...this.entries].filter((entry) => entry.due <= this.now());
    due.sort((a, b) => a.due - b.due);
    for (const entry of due) this.fire(entry);
    await Promise.all(this.firing);
  }

  private arm(entry: Entry) {
    clearTimeout(entry.real);
    if (this.isStopped) return;
    const wait = entry.due - this.now();
    const fire = wait > LONGEST_MS ? () => this.arm(entry) : () => this.fire(entry);
    entry.real = setTimeout(fire, Math.min(Math.max(wait, 0), LONGEST_MS)).unref();
  }

  private fire(entry: Entry) {
    entry.cancel();
    const fired = Promise.resolve(entry.fire()).finally(() => this.firing.delete(fired));
    this.firing.add(fired);
  }
}
