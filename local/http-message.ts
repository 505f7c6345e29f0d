/** @module A request and a response between front, gate, cache and origins. */

export type HttpRequest = {
  readonly method: string;
  /** As it was sent, without the query. */
  readonly path: string;
  /** The query as it was sent, without its question mark. */
  readonly search: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
  readonly sourceIp: string;
};

export type HttpResponse = {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
  readonly body: Uint8Array | string;
};

/** Splits a query and decodes it; text that cannot be decoded stays as it is. */
export function queryOf(search: string): Map<string, string[]> {
  const found = new Map<string, string[]>();
  if (search === '') return found;
  for (const pair of search.split('&')) {
    const at = pair.indexOf('=');
    const name = decoded(at < 0 ? pair : pair.slice(0, at));
    const values = found.get(name) ?? [];
    values.push(at < 0 ? '' : decoded(pair.slice(at + 1)));
    found.set(name, values);
  }
  return found;
}

export function decoded(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return text;
  }
}
