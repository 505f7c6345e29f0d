/**
 * @module
 * What browsers and Node have and k6 has not, as far as the crowd's code uses it. Imported first. The crowd's own files are
 * used as they are, so that shoppers in k6 keep the very etiquette that rehearsals on the local stack keep.
 */

/** Form encoding of pairs, and reading of one. */
export class Query {
  private readonly pairs: readonly (readonly [string, string])[];

  constructor(from: string | Readonly<Record<string, string>> = '') {
    this.pairs = typeof from === 'string' ? pairsIn(from) : Object.entries(from);
  }

  get(name: string): string | null {
    return this.pairs.find(([known]) => known === name)?.[1] ?? null;
  }

  toString(): string {
    return this.pairs.map((pair) => pair.map(encoded).join('=')).join('&');
  }
}

/** What a form escapes and `encodeURIComponent` does not, and the space. */
const encoded = (text: string): string =>
  encodeURIComponent(text)
    .replace(/[!'()~]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`)
    .replace(/%20/g, '+');

const decoded = (text: string): string => decodeURIComponent(text.replace(/\+/g, ' '));

const pairsIn = (text: string): readonly (readonly [string, string])[] =>
  text
    .replace(/^\?/, '')
    .split('&')
    .filter((pair) => pair !== '')
    .map((pair) => {
      const [name = '', ...value] = pair.split('=');
      return [decoded(name), decoded(value.join('='))];
    });

const ADDRESS = /^(https?:\/\/[^/?#]+)([^?#]*)(\?[^#]*)?(#.*)?$/;

/** An address that is whole, or a path on the origin of one. */
export class Address {
  readonly href: string;
  readonly origin: string;
  readonly pathname: string;
  readonly search: string;
  readonly searchParams: Query;

  constructor(text: string, base?: { readonly href: string }) {
    const whole = text.startsWith('/') && base ? `${new Address(base.href).origin}${text}` : text;
    const parts = ADDRESS.exec(whole);
    if (parts === null) throw new TypeError(`Cannot read "${text}" as an address`);
    const [, origin = '', path = '', search = '', hash = ''] = parts;
    this.origin = origin;
    this.pathname = path || '/';
    this.search = search;
    this.searchParams = new Query(search);
    this.href = `${origin}${this.pathname}${search}${hash}`;
  }
}

const began = Date.now();
const scope = globalThis as unknown as Record<string, unknown>;
// To the ms, which is what k6 has; the times of requests come from k6 itself.
scope['performance'] ??= { now: () => Date.now() - began };
scope['URLSearchParams'] ??= Query;
scope['URL'] ??= Address;
