/** @module What the tables hold, as a row of numbers: one column for each key that has ever been touched. */

import type { Plain } from '../../domain/plain-item.ts';
import type { Attributes } from '../../domain/write.ts';
import { Rows } from './rows.ts';
import { Values } from './values.ts';

/** More keys than any configuration touches. */
const MOST_KEYS = 40;

export class Stores {
  private readonly rows = new Rows(MOST_KEYS);
  private readonly items = new Values<Attributes>();
  private readonly columns = new Map<string, number>();
  private readonly names: string[] = [];
  private readonly row = new Int32Array(MOST_KEYS);

  /** The column of a key. */
  column(name: string): number {
    const known = this.columns.get(name);
    if (known !== undefined) return known;
    const column = this.names.push(name) - 1;
    if (column >= MOST_KEYS)
      throw new RangeError(`Cannot keep "${name}": a store has ${MOST_KEYS} keys at most`);
    this.columns.set(name, column);
    return column;
  }

  name(column: number): string {
    return this.names[column] ?? '';
  }

  number(item: Plain): number {
    return this.items.number(item);
  }

  item(number: number): Plain {
    return this.items.value(number);
  }

  get size(): number {
    return this.rows.size;
  }

  /** The number of an item in a store; of a column below 0 there is none. */
  at(store: number, column: number): number {
    return column < 0 ? 0 : this.rows.at(store, column);
  }

  /** The store with another item in a column. */
  with(store: number, changed: number, item: number): number {
    for (let column = 0; column < MOST_KEYS; column++) {
      this.row[column] = this.rows.at(store, column);
    }
    this.row[changed] = item;
    return this.rows.add(this.row);
  }

  /** The first store. */
  begin(items: ReadonlyMap<string, Plain>): number {
    const row = new Int32Array(MOST_KEYS);
    for (const [name, item] of items) row[this.column(name)] = this.number(item);
    return this.rows.add(row);
  }

  /** What a store holds, by key. */
  contents(store: number): Map<string, Plain> {
    const all = this.names.map((name, column) => [name, this.rows.at(store, column)] as const);
    return new Map(
      all.filter(([, item]) => item !== 0).map(([name, item]) => [name, this.item(item)]),
    );
  }
}
