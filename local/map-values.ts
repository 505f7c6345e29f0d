/** @module One small thing that objects lack. */

/** An object with the same members, and other values. */
export const mapValues = <T, U>(from: Readonly<Record<string, T>>, change: (value: T) => U) =>
  Object.fromEntries(Object.entries(from).map(([key, value]) => [key, change(value)]));
