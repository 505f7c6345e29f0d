/** @module One small thing that objects lack. */

/** An object with the same members, and other values. */
export function mapValues<T, U>(
  from: Readonly<Record<string, T>>,
  change: (value: T) => U,
): Record<string, U> {
  const to: Record<string, U> = {};
  for (const key of Object.keys(from)) to[key] = change(from[key] as T);
  return to;
}
