/** @module The body of an operator's request: short, and of a type that no form of another site can send. */

import type { Request } from '../http.ts';
import { type Problem, problem } from '../problem.ts';
import type { Takes } from './route.ts';

/** A sale file with 100 items takes 20 KB. */
const MOST_JSON_BYTES = 128 * 1024;

/** 10,000 products, a line each. More are dropped into the bucket for imports. */
const MOST_ROWS_BYTES = 1024 * 1024;

const TYPES: Readonly<Record<Takes, readonly string[]>> = {
  nothing: [],
  json: ['application/json'],
  rows: ['application/json', 'text/csv'],
};

export type Body =
  | { readonly kind: 'body'; readonly body: unknown; readonly type: string }
  | { readonly kind: 'refused'; readonly why: Problem };

/** Reads what a route takes. What a route does not take is not looked at. */
export function bodyOf({ headers, body, isBase64Encoded }: Request, takes: Takes): Body {
  if (takes === 'nothing') return { kind: 'body', body: undefined, type: '' };
  const type = (headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
  if (!TYPES[takes].includes(type)) {
    return refused(`The body must be ${TYPES[takes].join(' or ')}, not "${type}"`);
  }
  const text = isBase64Encoded ? Buffer.from(body ?? '', 'base64').toString() : (body ?? '');
  const most = takes === 'rows' ? MOST_ROWS_BYTES : MOST_JSON_BYTES;
  const bytes = Buffer.byteLength(text);
  if (bytes > most) return refused(`The body has ${bytes} bytes: at most ${most} are taken`);
  // Rows are read with their lines, which the report names.
  if (takes === 'rows') return { kind: 'body', body: text, type };
  return parsed(text, type);
}

function parsed(text: string, type: string): Body {
  try {
    return { kind: 'body', body: JSON.parse(text), type };
  } catch {
    return refused('The body is not JSON');
  }
}

const refused = (detail: string): Body => ({
  kind: 'refused',
  why: problem('bad-request', detail),
});
