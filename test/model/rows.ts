/**
 * @module
 * Rows of small integers, each kept once: a hash table with open addressing over one growing array, so that millions of
 * states take a few bytes each and no garbage.
 */

/** Half full at most, so that a search is short. */
const LOAD = 0.5;

export class Rows {
  /** How many there are; their numbers are 0 to size − 1. */
  size = 0;
  private rows: Int32Array;
  private table = new Int32Array(1 << 12);

  readonly width: number;

  constructor(width: number) {
    this.width = width;
    this.rows = new Int32Array(width << 10);
  }

  /** The number of a row, which is kept if it is new. @param row of the width; it is copied */
  add(row: ArrayLike<number>): number {
    if (this.size >= this.table.length * LOAD) this.grow();
    const mask = this.table.length - 1;
    let place = this.hash(row) & mask;
    for (let found = this.table[place]; found !== 0; found = this.table[place]) {
      if (this.equals((found as number) - 1, row)) return (found as number) - 1;
      place = (place + 1) & mask;
    }
    if ((this.size + 1) * this.width > this.rows.length) this.extend();
    this.rows.set(row, this.size * this.width);
    this.size += 1;
    this.table[place] = this.size;
    return this.size - 1;
  }

  at(row: number, column: number): number {
    return this.rows[row * this.width + column] as number;
  }

  private hash(row: ArrayLike<number>): number {
    let value = 0x811c9dc5;
    for (let column = 0; column < this.width; column++) {
      value = Math.imul(value ^ (row[column] as number), 0x01000193);
      value ^= value >>> 15;
    }
    return Math.imul(value ^ (value >>> 13), 0x9e3779b1) >>> 1;
  }

  private equals(number: number, row: ArrayLike<number>): boolean {
    const start = number * this.width;
    for (let column = 0; column < this.width; column++) {
      if (this.rows[start + column] !== row[column]) return false;
    }
    return true;
  }

  private grow(): void {
    this.table = new Int32Array(this.table.length * 4);
    const mask = this.table.length - 1;
    const row = new Int32Array(this.width);
    for (let number = 0; number < this.size; number++) {
      for (let column = 0; column < this.width; column++) row[column] = this.at(number, column);
      let place = this.hash(row) & mask;
      while (this.table[place] !== 0) place = (place + 1) & mask;
      this.table[place] = number + 1;
    }
  }

  private extend(): void {
    const longer = new Int32Array(this.rows.length * 2);
    longer.set(this.rows);
    this.rows = longer;
  }
}
