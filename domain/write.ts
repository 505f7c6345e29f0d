/**
 * @module
 * A step as data: one conditional write on one item. Compiled twice, to a DynamoDB expression in
 * `adapters/dynamo-expression.ts` and to a predicate and a change on a plain object in `plain-item.ts`, so that
 * production, the in-memory twin and the exhaustive exploration run the very same definitions.
 */

/** What an attribute can be. A set of strings holds base64url and is stored as a set of bytes. */
export type Value = string | number | boolean | ReadonlySet<string> | ReadonlySet<number>;

/** An item as the domain sees it, without its key. */
export type Attributes = Readonly<Record<string, Value>>;

export type Table = 'catalogue' | 'stock' | 'orders';

/** Where an item stands. `sk` is there for the orders table alone. */
export type Key = { readonly table: Table; readonly pk: string; readonly sk?: string };

/** What must hold for a write to happen. An attribute that is missing meets no comparison. */
export type Condition =
  | { readonly op: 'all' | 'any'; readonly of: readonly Condition[] }
  | { readonly op: 'equals'; readonly attr: string; readonly value: string | number | boolean }
  | { readonly op: 'atLeast' | 'below'; readonly attr: string; readonly value: number }
  | { readonly op: 'has' | 'lacks'; readonly attr: string; readonly member: string | number }
  | { readonly op: 'missing' | 'present'; readonly attr: string };

export type Change =
  | { readonly op: 'set'; readonly attr: string; readonly value: Value }
  | { readonly op: 'unset'; readonly attr: string }
  | { readonly op: 'add'; readonly attr: string; readonly by: number }
  | { readonly op: 'insert' | 'remove'; readonly attr: string; readonly members: Members };

/** At least one; all of a kind. */
export type Members = readonly string[] | readonly number[];

/** Replaces an item as a whole, or makes it. */
export type Put = { readonly item: Key; readonly when?: Condition; readonly put: Attributes };

/** Changes an item. */
export type Update = {
  readonly item: Key;
  /** Without one, an item that is not there is made. */
  readonly when?: Condition;
  readonly change: readonly Change[];
  /** Asks for the item as it is afterwards. */
  readonly returns?: 'new';
};

export type Write = Put | Update;

/** What a write answers: a refusal brings the item that refused it, if there is one. */
export type WriteAnswer =
  | { readonly kind: 'done'; readonly item?: Attributes }
  | { readonly kind: 'refused'; readonly item: Attributes | undefined };

export const all = (...of: readonly Condition[]): Condition => ({ op: 'all', of });
export const any = (...of: readonly Condition[]): Condition => ({ op: 'any', of });

export const equals = (attr: string, value: string | number | boolean): Condition => ({
  op: 'equals',
  attr,
  value,
});

export const atLeast = (attr: string, value: number): Condition => ({ op: 'atLeast', attr, value });
export const below = (attr: string, value: number): Condition => ({ op: 'below', attr, value });

export const has = (attr: string, member: string | number): Condition => ({
  op: 'has',
  attr,
  member,
});

/** A missing set lacks everything. */
export const lacks = (attr: string, member: string | number): Condition => ({
  op: 'lacks',
  attr,
  member,
});

export const missing = (attr: string): Condition => ({ op: 'missing', attr });
export const present = (attr: string): Condition => ({ op: 'present', attr });

/** The item is not there. Every item has a key, so its absence is the item's. */
export const absent: Condition = missing('pk');
/** The item is there. */
export const exists: Condition = present('pk');

export const set = (attr: string, value: Value): Change => ({ op: 'set', attr, value });
export const unset = (attr: string): Change => ({ op: 'unset', attr });
/** Adds to a number; a missing one counts as 0. */
export const add = (attr: string, by: number): Change => ({ op: 'add', attr, by });

export const insert = (
  attr: string,
  ...members: readonly string[] | readonly number[]
): Change => ({
  op: 'insert',
  attr,
  members: members as Members,
});

/** A set that loses its last member is gone. */
export const remove = (
  attr: string,
  ...members: readonly string[] | readonly number[]
): Change => ({
  op: 'remove',
  attr,
  members: members as Members,
});
