import { describe, expect, test } from '@jest/globals';
import {
  operations,
  placeOfResponse,
  type Response,
  resolved,
  validatorAt,
} from '../support/openapi-document.ts';

/** Statuses and codes of the design; nothing else is ever answered. */
const CODES: Readonly<Record<string, number>> = {
  'bad-request': 400,
  'session-missing': 401,
  'not-open': 403,
  'door-key-wrong': 403,
  'ticket-invalid': 403,
  'ticket-expired': 403,
  'challenge-failed': 403,
  'code-wrong': 403,
  'captcha-required': 403,
  'not-eligible': 403,
  blocked: 403,
  'unknown-sale': 404,
  'unknown-item': 404,
  'unknown-order': 404,
  'sold-out': 409,
  'quantity-unavailable': 409,
  'limit-reached': 409,
  'order-state': 409,
  closed: 410,
  'not-your-turn': 429,
  busy: 429,
  'too-many-requests': 429,
  paused: 503,
  unavailable: 503,
  'sign-in-required': 401,
  'not-an-operator': 403,
  'operators-not-configured': 403,
  'unknown-draft': 404,
  conflict: 409,
  invalid: 422,
};

/** Every response of every operation. */
const responses = operations().flatMap(({ method, path, operation }) =>
  Object.entries(operation.responses).map(([status, response]) => ({
    name: `${method} ${path} ${status}`,
    status: Number(status),
    response: resolved<Response>(response),
    place: placeOfResponse(method, path, status),
  })),
);

/** Of a file that is not there the bucket tells in its own words. */
const problems = responses.filter(
  ({ status, place }) => status >= 400 && place.at(-1) !== 'NoFile',
);

type Example = { readonly value: { readonly code: string; readonly status: number } };

/** The examples of a problem response, by code. */
const examplesOf = (response: Response): [string, Example][] =>
  Object.entries(response.content?.['application/problem+json']?.examples ?? {}).map(
    ([code, example]) => [code, resolved(example) as unknown as Example],
  );

describe('responses of docs/openapi.yaml', () => {
  test.each(responses)(
    '$name has a description, and schemas that compile',
    ({ response, place }) => {
      expect(response.description).toEqual(expect.any(String));
      for (const type of Object.keys(response.content ?? {})) {
        expect(() => validatorAt(...place, 'content', type, 'schema')).not.toThrow();
      }
    },
  );

  test('say every code of the design, with its status, and no other', () => {
    const said = problems.flatMap(({ response, status }) =>
      examplesOf(response).map(([code]) => [code, status] as const),
    );
    expect(Object.fromEntries(said)).toEqual(CODES);
    for (const [code, status] of said) expect(CODES[code]).toBe(status);
    const { properties } = resolved<{ properties: { code: { enum: string[] } } }>({
      $ref: '#/components/schemas/Problem',
    });
    expect(properties.code.enum).toEqual(Object.keys(CODES));
  });

  test.each(problems)(
    '$name takes its examples, and no other code',
    ({ response, status, place }) => {
      const validate = validatorAt(...place, 'content', 'application/problem+json', 'schema');
      const given = examplesOf(response);
      expect(given).not.toEqual([]);
      const taken = Object.keys(CODES).filter((code) => {
        const { value } = resolved<Example>({ $ref: `#/components/examples/${code}` });
        return validate(value);
      });
      expect(taken.sort()).toEqual(given.map(([code]) => code).sort());
      for (const [code, { value }] of given) expect(value).toMatchObject({ code, status });
    },
  );

  test.each(problems.filter(({ status }) => [429, 503].includes(status)))(
    '$name carries Retry-After',
    ({ response }) => {
      expect(Object.keys(response.headers ?? {})).toContain('Retry-After');
    },
  );
});
