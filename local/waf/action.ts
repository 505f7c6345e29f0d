/** @module What a rule of a web ACL does with a request that it matches. */

import type { HttpResponse } from '../http-message.ts';
import { allow, choose, type Fail, type Fields, fields, kindOf, listOf } from './json.ts';
import type { Puzzle } from './puzzle.ts';

type Header = readonly [name: string, value: string];

/** Allow and block end the inspection; count, and a puzzle that is solved, let the next rule look. */
export type Action =
  | { readonly kind: 'allow' | 'count'; readonly headers: readonly Header[] }
  | { readonly kind: 'block'; readonly response: HttpResponse }
  | (Puzzle & { readonly headers: readonly Header[] });

export type ActionContext = {
  /** `CustomResponseBodies` of the web ACL. */
  readonly bodies: Fields;
  /** Seconds that a solved puzzle counts. */
  readonly immunity: Readonly<Record<Puzzle['kind'], number>>;
  readonly fail: Fail;
};

/** What AWS WAF says where the rule says nothing. */
const FORBIDDEN: HttpResponse = {
  status: 403,
  headers: { 'content-type': 'text/html' },
  body: '<html><body><h1>403 ERROR</h1><p>Request blocked.</p></body></html>',
};

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  APPLICATION_JSON: 'application/json',
  TEXT_HTML: 'text/html',
  TEXT_PLAIN: 'text/plain',
};

/** @throws {Error} naming the web ACL and what of the action nobody here knows */
export function actionOf(action: unknown, context: ActionContext): Action {
  const [kind, given] = kindOf(action, context.fail);
  return choose(KINDS, kind, context.fail)(given, context);
}

/** AWS WAF writes its prefix before each name, so that nothing of the request is replaced. */
function inserted({ CustomRequestHandling, ...rest }: Fields, fail: Fail): readonly Header[] {
  allow(rest, [], fail);
  return listOf(fields(CustomRequestHandling)['InsertHeaders']).map(({ Name, Value }) => [
    `x-amzn-waf-${String(Name).toLowerCase()}`,
    String(Value),
  ]);
}

function blockResponse({ CustomResponse, ...rest }: Fields, context: ActionContext): HttpResponse {
  allow(rest, [], context.fail);
  if (CustomResponse === undefined) return FORBIDDEN;
  const { ResponseCode, ResponseHeaders, CustomResponseBodyKey } = fields(CustomResponse);
  const headers = listOf(ResponseHeaders).map(({ Name, Value }) => [
    String(Name).toLowerCase(),
    String(Value),
  ]);
  if (CustomResponseBodyKey === undefined) {
    return { status: Number(ResponseCode), headers: Object.fromEntries(headers), body: '' };
  }
  const { Content, ContentType } = fields(context.bodies[String(CustomResponseBodyKey)]);
  const type = choose(CONTENT_TYPES, ContentType, context.fail);
  return {
    status: Number(ResponseCode),
    headers: { ...Object.fromEntries(headers), 'content-type': type },
    body: String(Content),
  };
}

const puzzle =
  (kind: Puzzle['kind']) =>
  (given: Fields, { immunity, fail }: ActionContext): Action => ({
    kind,
    immunitySeconds: immunity[kind],
    headers: inserted(given, fail),
  });

const KINDS: Readonly<Record<string, (given: Fields, context: ActionContext) => Action>> = {
  Allow: (given, { fail }) => ({ kind: 'allow', headers: inserted(given, fail) }),
  Count: (given, { fail }) => ({ kind: 'count', headers: inserted(given, fail) }),
  Block: (given, context) => ({ kind: 'block', response: blockResponse(given, context) }),
  Captcha: puzzle('captcha'),
  Challenge: puzzle('challenge'),
};
