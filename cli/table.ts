/** @module Aligned columns of text. Where there is no room for all of them, the last are left out. */

export type Column<T> = {
  readonly name: string;
  readonly text: (row: T) => string;
  /** Texts begin at the left; figures end at the right. */
  readonly isLeft?: true;
  /** Gives a cell its colour, once its width is settled. */
  readonly paint?: (row: T, text: string) => string;
};

/** Between two columns. */
const GAP = '  ';

/** The first column gives way so far. */
const NARROWEST_FIRST = 8;

/**
 * A line of names, then a line for each row.
 *
 * @param room columns of the terminal @default - as much as it takes
 */
export function tableLines<T>(
  columns: readonly Column<T>[],
  rows: readonly T[],
  room: number = Number.POSITIVE_INFINITY,
): string[] {
  const widths = columns.map(({ name, text }) =>
    Math.max(name.length, ...rows.map((row) => text(row).length)),
  );
  const [first = 0, ...others] = fitting(widths, room);
  const all = [first, ...others];
  const lineOf = (cells: (column: Column<T>, width: number) => string) =>
    columns
      .slice(0, all.length)
      .map((column, index) => cells(column, all[index] ?? 0))
      .join(GAP)
      .trimEnd();
  return [
    lineOf((column, width) => aligned(column, column.name, width)),
    ...rows.map((row) =>
      lineOf((column, width) => {
        const cell = aligned(column, column.text(row), width);
        return column.paint?.(row, cell) ?? cell;
      }),
    ),
  ];
}

/** The widths of the columns for which there is room: the first column gives way before any is left out. */
function fitting(widths: readonly number[], room: number): readonly number[] {
  const sum = (all: readonly number[]) =>
    all.reduce((total, width) => total + width, GAP.length * (all.length - 1));
  const [first = 0, ...others] = widths;
  const least = Math.min(first, NARROWEST_FIRST);
  for (let count = others.length; count >= 0; count--) {
    const kept = others.slice(0, count);
    const over = sum([first, ...kept]) - room;
    if (over <= first - least) return [first - Math.max(0, over), ...kept];
  }
  return [least];
}

function aligned<T>({ isLeft }: Column<T>, text: string, width: number): string {
  const cell = text.length <= width ? text : `${text.slice(0, width - 1)}…`;
  return isLeft ? cell.padEnd(width) : cell.padStart(width);
}
