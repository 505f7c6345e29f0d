/** @module The timers of one environment: on the virtual clock, and gone with the environment. */

import type { Timer, VirtualClock } from '../clock.ts';

export class Timers {
  private readonly clock: VirtualClock;
  /** Called when a timer's function throws. */
  private readonly onThrow: (error: unknown) => void;
  private readonly pending = new Map<number, Timer>();
  private last = 0;

  constructor(clock: VirtualClock, onThrow: (error: unknown) => void) {
    this.clock = clock;
    this.onThrow = onThrow;
  }

  get size(): number {
    return this.pending.size;
  }

  readonly setTimeout = (fire: (...values: unknown[]) => void, ms = 0, ...values: unknown[]) =>
    this.start(ms, (id) => {
      this.pending.delete(id);
      fire(...values);
    });

  readonly setInterval = (fire: (...values: unknown[]) => void, ms = 0, ...values: unknown[]) => {
    const period = Math.max(1, ms);
    return this.start(period, (id) => {
      this.arm(id, period, (again) => this.repeat(again, period, () => fire(...values)));
      fire(...values);
    });
  };

  readonly clear = (handle: unknown) => {
    if (handle === undefined || handle === null) return;
    const id = Number(handle);
    this.pending.get(id)?.cancel();
    this.pending.delete(id);
  };

  /** As `node:timers/promises` has it. */
  readonly sleep = (ms?: number, value?: unknown): Promise<unknown> =>
    new Promise((resolve) => this.setTimeout(() => resolve(value), ms));

  clearAll() {
    for (const timer of this.pending.values()) timer.cancel();
    this.pending.clear();
  }

  private repeat(id: number, period: number, fire: () => void) {
    this.arm(id, period, (again) => this.repeat(again, period, fire));
    fire();
  }

  /** Node's handle: a number where one is wanted, with the methods that libraries call. */
  private start(ms: number, fire: (id: number) => void) {
    this.last += 1;
    const id = this.last;
    this.arm(id, ms, fire);
    const handle = {
      ref: () => handle,
      unref: () => handle,
      hasRef: () => true,
      refresh: () => {
        this.pending.get(id)?.cancel();
        this.arm(id, ms, fire);
        return handle;
      },
      close: () => this.clear(id),
      [Symbol.toPrimitive]: () => id,
      [Symbol.dispose]: () => this.clear(id),
    };
    return handle;
  }

  private arm(id: number, ms: number, fire: (id: number) => void) {
    const safely = () => {
      try {
        fire(id);
      } catch (error) {
        this.onThrow(error);
      }
    };
    // Node takes what is no number for 1 ms.
    this.pending.set(id, this.clock.after(ms > 0 ? ms : 1, safely));
  }
}
