/** @module Preflight of what the gate knows: the sale's entry, the settings, the keys; and of who says who shoppers are. */

import { canonical } from './canonical.ts';
import type { Entry, IssuerFacts, KeyFacts } from './preflight-facts.ts';
import { both, type Judged, type Learnt, type Line, line, passIf } from './preflight-line.ts';

/** Members of a sale's entry, as a person would call them. Their values are told nowhere: some open the sale. */
const MEMBERS: Readonly<Record<string, string>> = {
  o: 'opening',
  c: 'closing',
  d: 'door key',
  w: 'slot width',
  s: 'slot seed',
  p: 'pause',
  e: 'beginning of slots',
  n: 'draw',
  x: 'difficulty',
  t: 'life of tickets',
  h: 'code',
  k: 'CAPTCHA',
  m: 'memberships',
  b: 'age of accounts',
  r: 'countries',
};

/** Whether the gate knows the sale as the catalogue does. */
export function entryLine(wanted: object, fact: Learnt<Entry>): Line {
  const needed = 'times, pause, slots and access as in the catalogue';
  return line('edge-entry', needed, fact, (entry) => {
    const advice = 'Publish the file again: it writes the entry.';
    if (entry === undefined)
      return { verdict: 'fail', found: 'no entry: the gate answers 404', advice };
    const wrong = differing(wanted, entry).map((name) => MEMBERS[name] ?? `"${name}"`);
    const found = wrong.length === 0 ? 'in step' : `differs in: ${wrong.join(', ')}`;
    return passIf(wrong.length === 0, found, advice);
  });
}

/** Names of members that two objects do not have in common, as their JSON says. */
function differing(right: object, entry: object): readonly string[] {
  const one = plain(right);
  const other = plain(entry);
  const names = new Set([...Object.keys(one), ...Object.keys(other)]);
  return [...names].filter((name) => !isSame(one[name], other[name]));
}

/** As it comes out of JSON, which leaves out what is undefined. */
const plain = (object: object) => JSON.parse(JSON.stringify(object)) as Record<string, unknown>;

/** Whether two values are the same JSON, whatever the order of members. */
export const isSame = (one: unknown, other: unknown): boolean =>
  canonical(one) === canonical(other);

/** Whether the gate lets guests in as the deployment says. */
export const settingsLine = (guests: string, fact: Learnt<Entry>): Line =>
  line('edge-settings', `guests ${guests}`, fact, (entry) =>
    passIf(
      entry?.['guests'] === guests,
      entry === undefined ? 'no entry' : `guests ${String(entry['guests'])}`,
      'Publish the file again: it writes the settings of the deployment.',
    ),
  );

/** Whether what the gate signs is believed by the functions, and the other way round. Only ids of keys are told. */
export function keysLine(secret: Learnt<KeyFacts>, edge: Learnt<KeyFacts | undefined>): Line {
  const needed = 'the active key of each known to both';
  return line('signing-keys', needed, both(secret, edge), ([ours, theirs]): Judged => {
    const advice = 'Publish a sale, or rotate the keys: both write the entry.';
    if (theirs === undefined) return { verdict: 'fail', found: 'the gate has no keys', advice };
    const actives = [...new Set([ours.active, theirs.active])];
    const strange = actives.filter((id) => !(ours.keys[id] && theirs.keys[id]));
    const unlike = Object.keys(ours.keys).filter(
      (id) => theirs.keys[id] !== undefined && theirs.keys[id] !== ours.keys[id],
    );
    if (strange.length > 0) {
      return { verdict: 'fail', found: `not known to both: ${strange.join(', ')}`, advice };
    }
    return passIf(
      unlike.length === 0,
      unlike.length === 0 ? `active: ${actives.join(', ')}` : `another value: ${unlike.join(', ')}`,
      advice,
    );
  });
}

/** Whether payments can be signed and verified. */
export const paymentKeyLine = (fact: Learnt<boolean>): Line =>
  line('payment-key', 'a key shared with the provider', fact, (isThere) =>
    passIf(
      isThere,
      isThere ? 'there' : 'the secret has no "key"',
      'Put the key that the payment provider has into the secret PaymentKeys.',
    ),
  );

/**
 * Whether shoppers can sign in.
 *
 * @param issuer as the outputs name it; `none` where there are guests alone
 */
export function identityLine(issuer: string, guests: string, fact: Learnt<IssuerFacts>): Line {
  const needed = 'discovery document and keys of the issuer';
  if (issuer === 'none') {
    const found = guests === 'allowed' ? 'none: guests alone' : 'none, and guests are refused';
    const advice = 'Nobody can buy: name an issuer, or allow guests, and deploy.';
    return { id: 'identity', needed, ...passIf(guests === 'allowed', found, advice) };
  }
  const advice = 'Ask who runs the issuer; the session function reads the same addresses.';
  // An issuer that does not answer this machine may answer AWS; nobody should open a sale on that hope.
  if (fact.kind === 'unknown')
    return { id: 'identity', needed, verdict: 'fail', found: fact.why, advice };
  const { issuer: name, keys } = fact.value;
  if (name !== issuer) {
    return { id: 'identity', needed, verdict: 'fail', found: `it calls itself "${name}"`, advice };
  }
  return { id: 'identity', needed, ...passIf(keys > 0, `${issuer}, ${keys} keys`, advice) };
}
