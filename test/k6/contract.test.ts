import { describe, expect, test } from '@jest/globals';
import { type Asked, breachOf, CONTRACT, isBehindGate, isError } from '../../load/k6/contract.ts';
import {
  type Operation,
  openApi,
  type Reference,
  type Response,
  resolved,
} from '../support/openapi-document.ts';

/** Which operation each question is. */
const OPERATIONS: Readonly<Record<Asked, string>> = {
  ...{ time: 'getTime', session: 'postSession', challenge: 'getChallenge', ticket: 'postTicket' },
  ...{ flag: 'getSaleFlag', status: 'getSale', buy: 'postOrder', order: 'getOrder' },
  ...{ cancel: 'cancelOrder', checkout: 'postCheckout' },
};

const reply = (status: number, code?: string, headers: Record<string, string> = {}) => ({
  ...{ status, headers, body: code === undefined ? {} : { code }, text: '' },
  ...{ askedMs: 0, tookMs: 1, wasSent: true },
});

function operation(id: string): Operation {
  const all = Object.values(openApi.paths).flatMap((item) => Object.values(item)) as Operation[];
  const found = all.find((one) => one.operationId === id);
  if (found === undefined) throw new Error(`Cannot find operation "${id}"`);
  return found;
}

/** Status and code of each answer in the document; a success has no code. */
const documented = (id: string): string[] =>
  Object.entries(operation(id).responses).flatMap(([status, response]) => {
    const { content = {} } = resolved<Response>(response as Response | Reference);
    const examples = Object.keys(content['application/problem+json']?.examples ?? {});
    return examples.length > 0 ? examples.map((code) => `${status} ${code}`) : [status];
  });

const known = (asked: Asked): string[] =>
  Object.entries(CONTRACT[asked]).flatMap(([status, codes]) =>
    codes.length > 0 ? codes.map((code) => `${status} ${code}`) : [status],
  );

/** What the web ACL may say on any path, and the document does not repeat. */
const ANYWHERE = ['403 blocked', '429 too-many-requests'];

describe('CONTRACT', () => {
  test.each(Object.entries(OPERATIONS) as [Asked, string][])(
    'of %s is what the document says of %s',
    (asked, id) => {
      const beside = (answers: readonly string[]) =>
        answers.filter((one) => !ANYWHERE.includes(one)).sort();
      expect(beside(known(asked))).toEqual(beside(documented(id)));
    },
  );
});

describe('breachOf()', () => {
  test.each([
    ['buy', reply(201), undefined],
    ['buy', reply(409, 'sold-out'), undefined],
    ['buy', reply(429, 'busy', { 'retry-after': '1' }), undefined],
    ['buy', reply(429, 'busy'), 'buy was answered 429 busy without Retry-After'],
    ['buy', reply(503, 'paused'), 'buy was answered 503 paused without Retry-After'],
    ['buy', reply(409, 'sold-up'), 'buy was answered 409 sold-up'],
    ['buy', reply(204), 'buy was answered 204 without a code'],
    ['buy', reply(409), 'buy was answered 409 without a code'],
    ['buy', reply(500, 'internal'), 'buy was answered 500 internal'],
    ['buy', reply(0), undefined],
    ['order', reply(403, 'blocked'), undefined],
    ['order', reply(409, 'order-state'), 'order was answered 409 order-state'],
    ['session', reply(200), 'session was answered 200 without a code'],
  ] as const)('of %s answered %j is %s', (asked, answer, breach) => {
    expect(breachOf(asked, answer)).toBe(breach);
  });
});

test.each([
  [201, undefined, true],
  [200, undefined, true],
  [409, 'sold-out', true],
  [429, 'busy', true],
  [429, 'not-your-turn', false],
  [403, 'ticket-invalid', false],
  [410, 'closed', false],
  [0, undefined, false],
])('isBehindGate() of %d %s is %s', (status, code, is) => {
  expect(isBehindGate(reply(status, code))).toBe(is);
});

test.each([
  [0, undefined, true],
  [503, 'unavailable', true],
  [502, undefined, true],
  [429, 'too-many-requests', true],
  [503, 'paused', false],
  [429, 'busy', false],
  [409, 'sold-out', false],
  [201, undefined, false],
])('isError() of %d %s is %s', (status, code, is) => {
  expect(isError(reply(status, code))).toBe(is);
});
