/** @module CloudFront KeyValueStores: what the data API writes, and what edges read, perhaps a while later. */

import type { VirtualClock } from '../clock.ts';

export type StoreChange = {
  readonly puts: readonly { readonly key: string; readonly value: string }[];
  readonly deletes: readonly string[];
};

export class KeyValueStore {
  readonly arn: string;
  readonly created: number;
  modified: number;
  /** What the data API sees. */
  readonly values = new Map<string, string>();
  /** What the edges see. */
  readonly edge = new Map<string, string>();
  private version = 1;
  private readonly clock: VirtualClock;
  private readonly delayMs: number;

  constructor(arn: string, clock: VirtualClock, delayMs: number) {
    this.arn = arn;
    this.clock = clock;
    this.delayMs = delayMs;
    this.created = clock.now();
    this.modified = this.created;
  }

  get etag(): string {
    return `KV${this.version}`;
  }

  get bytes(): number {
    let bytes = 0;
    for (const [key, value] of this.values) bytes += Buffer.byteLength(key + value);
    return bytes;
  }

  change(change: StoreChange) {
    apply(this.values, change);
    this.version += 1;
    this.modified = this.clock.now();
    if (this.delayMs === 0) apply(this.edge, change);
    else this.clock.after(this.delayMs, () => apply(this.edge, change));
  }
}

function apply(values: Map<string, string>, { puts, deletes }: StoreChange) {
  for (const { key, value } of puts) values.set(key, value);
  for (const key of deletes) values.delete(key);
}

export class KeyValueStores {
  private readonly byArn = new Map<string, KeyValueStore>();
  private readonly clock: VirtualClock;
  private readonly delayMs: number;

  constructor(clock: VirtualClock, delayMs: number) {
    this.clock = clock;
    this.delayMs = delayMs;
  }

  create(arn: string) {
    this.byArn.set(arn, new KeyValueStore(arn, this.clock, this.delayMs));
  }

  find(arn: string): KeyValueStore | undefined {
    return this.byArn.get(arn);
  }
}
