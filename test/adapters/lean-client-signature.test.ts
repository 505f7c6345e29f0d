/** @module Requests are signed as AWS checks them, by the time of AWS, with credentials that nobody gets to see. */

import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { CASES, caseOf } from './lean-cases.ts';
import {
  clientOf,
  ENVIRONMENT,
  inEnvironment,
  type Kind,
  type Outcome,
  outcomeOf,
  send,
  sendBoth,
} from './lean-pair.ts';
import { type Asked, ok, scriptedAws } from './scripted-aws.ts';
import { signatureOf } from './sigv4.ts';

const SECRET = ENVIRONMENT.AWS_SECRET_ACCESS_KEY;
const { AWS_SESSION_TOKEN: TOKEN, ...WITHOUT_TOKEN } = ENVIRONMENT;
const HOUR_MS = 3_600_000;

/** What requests to each service are signed for. */
const SIGNED_FOR = {
  dynamoDb: 'dynamodb',
  sqs: 'sqs',
  secretsManager: 'secretsmanager',
  eventBridge: 'events',
};

const put = caseOf('PutItemCommand');
const KINDS: readonly Kind[] = ['sdk', 'lean'];

beforeEach(() => {
  jest.spyOn(Math, 'random').mockReturnValue(0);
});
afterEach(() => {
  jest.restoreAllMocks();
});

/** A request with the port that was left out of its host. */
const whole = (asked: Asked, url: string): Asked => ({
  ...asked,
  headers: { ...asked.headers, host: new URL(url).host },
});

/** By how many hours the date of a request differs from now. */
function hoursOff({ headers, at }: Asked): number {
  const text = headers['x-amz-date'] ?? '';
  const iso = text.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z');
  return Math.round((Date.parse(iso) - (performance.timeOrigin + at)) / HOUR_MS) || 0;
}

describe('leanClient(), signing', () => {
  test.each(CASES)('signs $name as AWS checks it, and so does the SDK', async (one) => {
    for (const variables of [ENVIRONMENT, WITHOUT_TOKEN]) {
      for (const kind of KINDS) {
        const aws = await scriptedAws([ok(one.answer)]);
        await inEnvironment({ ...variables, AWS_ENDPOINT_URL: aws.url }, () =>
          outcomeOf(clientOf(kind, one.service).send(one.command as never)),
        );
        await aws.close();
        const asked = whole(aws.asked[0]!, aws.url);
        expect(asked.headers['x-amz-security-token']).toBe(
          variables === ENVIRONMENT ? TOKEN : undefined,
        );
        const { signedHeaders, ...signature } = signatureOf(asked, SECRET);
        expect(signature).toEqual({
          accessKeyId: ENVIRONMENT.AWS_ACCESS_KEY_ID,
          region: 'eu-west-1',
          service: SIGNED_FOR[one.service],
          isRight: true,
        });
        expect(signedHeaders).toEqual(
          expect.arrayContaining(['host', 'content-type', 'content-length', 'x-amz-target']),
        );
        expect(signatureOf({ ...asked, body: `${asked.body} ` }, SECRET).isRight).toBe(false);
        expect(signatureOf(asked, `${SECRET}x`).isRight).toBe(false);
      }
    }
  });

  test('signs by the clock of AWS once it has refused a request for its time', async () => {
    const date = new Date(Date.now() + HOUR_MS).toUTCString();
    const refused = {
      status: 403,
      headers: { date },
      body: '{"__type":"InvalidSignatureException","message":"Signature not yet current"}',
    };
    const { sdk, lean } = await sendBoth(put.service, put.command, [refused, ok({}, { date })]);
    for (const { output, asked } of [sdk, lean]) {
      expect(output).toBeDefined();
      expect(asked.map(hoursOff)).toEqual([0, 1]);
    }
  });

  test.each([
    [239_000, 1],
    [300_000, 2],
  ])(
    'asks again for a clock that is %i ms off: %i requests, as the SDK does',
    async (ms, times) => {
      const date = new Date(Date.now() + ms).toUTCString();
      const refused = {
        status: 403,
        headers: { date },
        body: '{"__type":"AccessDeniedException"}',
      };
      const { sdk, lean } = await sendBoth(put.service, put.command, [refused]);
      expect([sdk.asked.length, lean.asked.length]).toEqual([times, times]);
      expect(lean.error).toStrictEqual(sdk.error);
    },
  );

  test('learns the clock of AWS from a good answer for its next call', async () => {
    const date = new Date(Date.now() - HOUR_MS).toUTCString();
    for (const kind of KINDS) {
      const aws = await scriptedAws([ok({}, { date })]);
      await inEnvironment({ ...ENVIRONMENT, AWS_ENDPOINT_URL: aws.url }, async () => {
        const client = clientOf(kind, put.service);
        for (let call = 0; call < 2; call++) await client.send(put.command as never);
      });
      await aws.close();
      expect(aws.asked.map(hoursOff)).toEqual([0, -1]);
    }
  });

  test('signs rightly on the next day too, with a key that is derived again', async () => {
    const aws = await scriptedAws(() => ok({}, { date: new Date(Date.now()).toUTCString() }));
    const now = Date.now();
    // Nobody else's: the SDK keeps derived keys for all clients of a process.
    const secret = `${SECRET} of this test`;
    const own = { ...ENVIRONMENT, AWS_SECRET_ACCESS_KEY: secret, AWS_ENDPOINT_URL: aws.url };
    await inEnvironment(own, async () => {
      const client = clientOf('lean', put.service);
      for (const days of [0, 1, 1, 0]) {
        jest.spyOn(Date, 'now').mockReturnValue(now + days * 24 * HOUR_MS);
        await client.send(put.command as never);
      }
    });
    await aws.close();
    const days = aws.asked.map(({ headers }) => headers['x-amz-date']?.slice(0, 8));
    expect(new Set(days).size).toBe(2);
    const signatures = aws.asked.map((one) => signatureOf(whole(one, aws.url), secret));
    expect(signatures.map(({ isRight }) => isRight)).toEqual(Array(4).fill(true));
  });

  test.each(['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY'])(
    'says that %s is missing, and asks nobody',
    async (missing) => {
      const { [missing as keyof typeof ENVIRONMENT]: _, ...others } = ENVIRONMENT;
      const { error, asked } = await send(
        'lean',
        put.service,
        put.command,
        [ok()],
        others as never,
      );
      expect(error?.message).toBe(`Cannot call AWS: environment variable "${missing}" is not set`);
      expect(asked).toEqual([]);
    },
  );

  test('says that the Region is missing', async () => {
    const { AWS_REGION: _, ...others } = ENVIRONMENT;
    const { error } = await send('lean', put.service, put.command, [ok()], others as never);
    expect(error?.message).toBe('Cannot call AWS: environment variable "AWS_REGION" is not set');
  });

  test('shows no credentials in an error, whatever fails', async () => {
    const echo = JSON.stringify({ message: 'no' });
    const outcomes: Outcome[] = [];
    for (const meeting of [
      { status: 400, body: echo },
      { status: 200, body: '{' },
      'reset',
    ] as const) {
      outcomes.push(await send('lean', put.service, put.command, [meeting]));
    }
    for (const { error } of outcomes) {
      expect(error).toBeDefined();
      const shown = JSON.stringify([error, error?.message]);
      for (const secret of [SECRET, TOKEN, 'AWS4-HMAC']) expect(shown).not.toContain(secret);
    }
  });
});
