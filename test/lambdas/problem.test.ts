import { describe, expect, test } from '@jest/globals';
import { problem, problemAnswer } from '../../lambdas/problem.ts';

describe('problemAnswer()', () => {
  test('is a problem document as RFC 9457 has it, with the members of its code', () => {
    const { statusCode, headers, body } = problemAnswer(
      problem('quantity-unavailable', 'At most 2', { largest: 2 }),
    );
    expect([statusCode, headers]).toEqual([
      409,
      { 'content-type': 'application/problem+json', 'cache-control': 'no-store' },
    ]);
    expect(JSON.parse(body)).toEqual({
      type: 'urn:flash-sale:problem:quantity-unavailable',
      title: expect.any(String),
      ...{ status: 409, code: 'quantity-unavailable', detail: 'At most 2', largest: 2 },
    });
  });

  test.each([
    ['busy', 429],
    ['not-your-turn', 429],
    ['paused', 503],
    ['unavailable', 503],
  ] as const)('says of %s how long to wait, in the header and in the document', (code, status) => {
    const { statusCode, headers, body } = problemAnswer(problem(code, 'x'));
    const seconds = Number(headers['retry-after']);
    expect([statusCode, JSON.parse(body).retryAfterSeconds]).toEqual([status, seconds]);
    expect(seconds).toBeGreaterThanOrEqual(1);
  });

  test.each(['sold-out', 'closed', 'session-missing', 'unknown-sale'] as const)(
    'says of %s that waiting does not help',
    (code) => {
      const { headers, body } = problemAnswer(problem(code, 'x'));
      expect(headers).not.toHaveProperty('retry-after');
      expect(JSON.parse(body)).not.toHaveProperty('retryAfterSeconds');
    },
  );
});
