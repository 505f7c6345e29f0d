/** @module Items between the domain and DynamoDB. A set of base64url strings is stored as a set of bytes. */

import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import type { Attributes, Key, Value } from '../domain/write.ts';

/** An item as DynamoDB has it. */
export type Stored = Record<string, AttributeValue>;

/** A value as DynamoDB stores it. */
export function storedValue(value: Value): AttributeValue {
  if (typeof value === 'string') return { S: value };
  if (typeof value === 'number') return { N: String(value) };
  if (typeof value === 'boolean') return { BOOL: value };
  return storedSet([...(value as ReadonlySet<string | number>)]);
}

/** A set of bytes or of numbers. @param members at least one, all of a kind */
export const storedSet = (members: readonly (string | number)[]): AttributeValue =>
  typeof members[0] === 'number'
    ? { NS: members.map(String) }
    : { BS: members.map((member) => bytes(String(member))) };

/** A member of a set, as a condition compares it. */
export const storedMember = (member: string | number): AttributeValue =>
  typeof member === 'number' ? { N: String(member) } : { B: bytes(member) };

/** The key of an item. */
export const storedKey = ({ pk, sk }: Key): Stored =>
  sk === undefined ? { pk: { S: pk } } : { pk: { S: pk }, sk: { S: sk } };

/** A whole item. */
export function storedItem(key: Key, attributes: Attributes): Stored {
  const entries = Object.entries(attributes).map(([name, value]) => [name, storedValue(value)]);
  return { ...Object.fromEntries(entries), ...storedKey(key) };
}

/** An item as the domain sees it, without its key. A loop: it runs for each item of each read. */
export function attributesOf(stored: Stored): Attributes {
  const attributes: Record<string, Value> = {};
  for (const [name, value] of Object.entries(stored)) {
    if (name !== 'pk' && name !== 'sk') attributes[name] = readValue(name, value);
  }
  return attributes;
}

function readValue(name: string, value: AttributeValue): Value {
  if (value.S !== undefined) return value.S;
  if (value.N !== undefined) return Number(value.N);
  if (value.BOOL !== undefined) return value.BOOL;
  if (value.NS !== undefined) return new Set(value.NS.map(Number));
  if (value.BS !== undefined) return new Set(value.BS.map(text));
  throw new TypeError(`Cannot read attribute "${name}": its type is none of ours`);
}

const bytes = (member: string): Uint8Array => Buffer.from(member, 'base64url');
const text = ({ buffer, byteOffset, byteLength }: Uint8Array): string =>
  Buffer.from(buffer, byteOffset, byteLength).toString('base64url');
