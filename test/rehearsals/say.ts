/** @module What a rehearsal measured, printed as it is: Jest's console would put a stack trace under each line. */

/** Prints a title and lines below it. */
export function say(title: string, lines: readonly string[]): void {
  process.stdout.write([`\n${title}`, ...lines.map((line) => `  ${line}`), ''].join('\n'));
}

const number = new Intl.NumberFormat('en');

/** A number as people read it. */
export const figure = (value: number): string => number.format(value);

/** How often each value occurs, as one line. */
export function tallied(values: readonly string[]): string {
  const counts = Map.groupBy(values, (value) => value);
  return [...counts].map(([value, all]) => `${value} ${figure(all.length)}`).join(', ');
}
