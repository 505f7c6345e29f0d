/**
 * @module
 * SHA-256 for the SDK's signer, which derives its key again for each call in order to find it in its cache. Here that is
 * remembered, and a key that is made once costs a tenth of one that is given as bytes each time.
 */

import { createHash, createHmac, createSecretKey, type Hash, type KeyObject } from 'node:crypto';

/** What came of a text that was authenticated with a secret text: the first steps of a key's derivation, one a day. */
const derived = new Map<string, Uint8Array>();

/** What the last step gave, as the signer keeps it. */
const keys = new WeakMap<Uint8Array, KeyObject>();

/** A hash, or with a secret an HMAC: what the SDK wants of its setting `sha256`. */
export class Sha256 {
  readonly #secret: string | Uint8Array | undefined;
  #hash: Hash | undefined;
  /** What a secret text authenticates. */
  #text = '';

  constructor(secret?: string | Uint8Array) {
    this.#secret = secret;
    this.reset();
  }

  update(data: string | Uint8Array): void {
    if (this.#hash === undefined) this.#text += Buffer.from(data as string).toString('latin1');
    else this.#hash.update(data);
  }

  async digest(): Promise<Uint8Array> {
    return this.#hash?.digest() ?? derivedFrom(String(this.#secret), this.#text);
  }

  reset(): void {
    this.#text = '';
    this.#hash = typeof this.#secret === 'string' ? undefined : begun(this.#secret);
  }
}

/** An HMAC has all that a hash has here: `update` and `digest`. */
const begun = (secret: Uint8Array | undefined): Hash =>
  secret === undefined
    ? createHash('sha256')
    : (createHmac('sha256', keyOf(secret)) as unknown as Hash);

function keyOf(secret: Uint8Array): KeyObject {
  const known = keys.get(secret);
  if (known !== undefined) return known;
  const key = createSecretKey(secret);
  keys.set(secret, key);
  return key;
}

function derivedFrom(secret: string, text: string): Uint8Array {
  const name = `${secret}\n${text}`;
  const known = derived.get(name);
  if (known !== undefined) return known;
  const digest = createHmac('sha256', secret).update(text, 'latin1').digest();
  derived.set(name, digest);
  return digest;
}
