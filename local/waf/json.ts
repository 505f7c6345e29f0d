/** @module How the JSON of a web ACL is read: what nobody here knows is an error, never left out. */

export type Fields = Readonly<Record<string, unknown>>;

/** Makes an error that names the web ACL. */
export type Fail = (reason: string) => Error;

export const fields = (value: unknown): Fields => (value ?? {}) as Fields;

export const listOf = (value: unknown): readonly Fields[] => (value ?? []) as readonly Fields[];

/** The one kind that an object such as a statement, an action or a field to match names, and what it says of it. */
export function kindOf(value: unknown, fail: Fail): readonly [kind: string, given: Fields] {
  const [first, ...more] = Object.entries(fields(value));
  if (first === undefined || more.length > 0) {
    throw fail(`${JSON.stringify(value)} does not name one thing`);
  }
  return [first[0], fields(first[1])];
}

/** Refuses members that nobody here honours. */
export function allow(given: Fields, names: readonly string[], fail: Fail) {
  const unknown = Object.keys(given).find((name) => !names.includes(name));
  if (unknown !== undefined) throw fail(`"${unknown}" is unknown to the local stack`);
}

/** What a table has under a name. */
export function choose<T>(table: Readonly<Record<string, T>>, name: unknown, fail: Fail): T {
  const found = table[String(name)];
  if (found === undefined) throw fail(`"${name}" is unknown to the local stack`);
  return found;
}
