/** @module Values by number: equal ones have the same, so that a state is a row of integers. */

/**
 * A value as text; equal values give equal texts, whatever the order of their attributes and members. Functions are left
 * out: what they depend on must stand beside them.
 */
export function textOf(value: unknown): string {
  if (value instanceof Set) return `{${[...value].map(textOf).sort().join()}}`;
  if (Array.isArray(value)) return `[${value.map(textOf).join()}]`;
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value)
      .filter(([, one]) => one !== undefined && typeof one !== 'function')
      .map(([name, one]) => `${name}:${textOf(one)}`);
    return `(${entries.sort().join()})`;
  }
  return JSON.stringify(value) ?? '-';
}

export class Values<T> {
  private readonly numbers = new Map<string, number>();
  private readonly values: (T | undefined)[] = [undefined];

  /** @returns 0 for nothing */
  number(value: T | undefined): number {
    if (value === undefined) return 0;
    const text = textOf(value);
    const known = this.numbers.get(text);
    if (known !== undefined) return known;
    this.numbers.set(text, this.values.length);
    return this.values.push(value) - 1;
  }

  value(number: number): T | undefined {
    return this.values[number];
  }
}
