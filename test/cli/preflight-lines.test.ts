import { describe, expect, test } from '@jest/globals';
import { closingLine, objectOf, requestOf, textOf } from '../../cli/preflight-lines.ts';
import type { Line } from '../../domain/preflight-line.ts';

const LINES: readonly Line[] = [
  { id: 'sale', verdict: 'pass', found: 'open', needed: 'published' },
  { id: 'guests', verdict: 'warn', found: 'allowed', needed: 'known', advice: 'Live with it.' },
  {
    ...{ id: 'lambda-concurrency', verdict: 'fail', found: '10', needed: '155 at once' },
    quota: { service: 'lambda', code: 'L-B99A9384' },
    ask: { service: 'lambda', code: 'L-B99A9384', value: 160 },
    advice: 'Ask for more.',
  },
  { id: 'edge-rate', verdict: 'not-judged', found: 'denied', needed: '7,000 requests/s' },
];

const REQUEST =
  'aws service-quotas request-service-quota-increase --service-code lambda --quota-code L-B99A9384 ' +
  '--desired-value 160 --region eu-central-1';

describe('textOf()', () => {
  test('tells what is there, what is needed, and the command that asks for more', () => {
    expect(textOf(LINES, 'eu-central-1')).toEqual([
      'pass        The sale: open',
      'WARN        Guests: allowed; needed: known',
      '            Live with it.',
      'FAIL        Lambda: environments of the account [lambda L-B99A9384]: 10; needed: 155 at once',
      '            Ask for more.',
      `            ${REQUEST}`,
      'not judged  CloudFront: requests/s of a distribution: denied; needed: 7,000 requests/s',
    ]);
  });
});

describe('requestOf()', () => {
  test('asks where the quota is kept, and has no command where AWS Support is asked', () => {
    const ask = { service: 'cloudfront', code: 'L-1', value: 300_000, region: 'us-east-1' };
    expect(requestOf(ask, 'eu-central-1')).toContain('--region us-east-1');
    expect(requestOf({ service: 'cloudfront', value: 1 }, 'eu-central-1')).toBeUndefined();
  });
});

test('closingLine() names every line that did not pass', () => {
  expect(closingLine(LINES)).toBe(
    '1 pass, 1 warn (guests), 1 fail (lambda-concurrency), 1 not judged here (edge-rate)',
  );
});

test('objectOf() is ready unless a line fails', () => {
  const { isReady, failing, warning, notJudged, lines } = objectOf(LINES, 'eu-central-1');
  expect([isReady, failing, warning, notJudged]).toEqual([
    ...[false, ['lambda-concurrency'], ['guests'], ['edge-rate']],
  ]);
  expect(lines[2]).toMatchObject({ what: 'Lambda: environments of the account', request: REQUEST });
  expect(objectOf(LINES.slice(0, 2), 'eu-central-1').isReady).toBe(true);
});
