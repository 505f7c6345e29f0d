import { describe, expect, test } from '@jest/globals';
import { createChallenge, solveChallenge, verifySolution } from 'altcha-lib/v1';
import type { Payload } from 'altcha-lib/v1/types';
import {
  ADA,
  anEvent,
  answered,
  aSale,
  aSession,
  BOB,
  CLOSES_AT,
  gateAt,
  KEYS,
  macHex,
  OPENS_AT,
} from './gate-scene.ts';

const NOW = OPENS_AT - 60_000;
const SALE = { 'sale/demo': aSale({ x: 50 }), 'sale/other': aSale({ x: 50 }) };

type Challenge = Omit<Payload, 'number'> & { readonly maxnumber: number };

const askFor = (asked = {}) =>
  anEvent({ uri: '/api/sales/demo/challenge', cookie: aSession(), ...asked });

const challengeAt = async (now: number, asked = {}, store: object = SALE) =>
  answered(await gateAt(now, { ...store })(askFor(asked)));

const given = async (now = NOW, asked = {}, store: object = SALE) =>
  (await challengeAt(now, asked, store)).body as unknown as Challenge;

/** Solves it as the page does, with ALTCHA's own library. */
async function solved(challenge: Challenge): Promise<Payload> {
  const { algorithm, salt, maxnumber } = challenge;
  const solution = await solveChallenge(challenge.challenge, salt, algorithm, maxnumber).promise;
  if (solution === null) throw new Error('There is no solution');
  const { signature } = challenge;
  return { algorithm, challenge: challenge.challenge, salt, signature, number: solution.number };
}

const encoded = (payload: unknown) => Buffer.from(JSON.stringify(payload)).toString('base64');

const ticketWith = async (solution: string | undefined, now = NOW + 1, asked = {}, store = {}) =>
  answered(
    await gateAt(now, { ...SALE, ...store })(
      anEvent({
        method: 'POST',
        uri: '/api/sales/demo/ticket',
        cookie: aSession(),
        ...asked,
        headers: { 'x-solution': solution, ...Object(asked).headers },
      }),
    ),
  );

/** The key that a shopper's challenges in a sale are signed with. */
const ownKey = (shopper: string, saleId = 'demo', key = KEYS.k1) =>
  macHex(key, `challenge.${saleId}.${shopper}`);

describe('GET /api/sales/{sale}/challenge', () => {
  test("is one of ALTCHA's: its library solves it, and finds its signature right", async () => {
    // The library looks at the clock of the machine.
    const asked = { cookie: aSession({ e: 9e9 }) };
    const open = { 'sale/demo': aSale({ x: 50, c: 9e12 }) };
    const challenge = await given(Date.now(), asked, open);
    const payload = await solved(challenge);
    expect(await verifySolution(encoded(payload), ownKey(ADA))).toBe(true);
    expect(await verifySolution(encoded(payload), ownKey(BOB))).toBe(false);
    expect(challenge.maxnumber).toBe(50);
  });

  test('is what the library makes of the same salt and number', async () => {
    const challenge = await given();
    const { number } = await solved(challenge);
    const { salt, maxnumber } = challenge;
    const twin = await createChallenge({ salt, number, hmacKey: ownKey(ADA), maxnumber });
    expect(challenge).toEqual(twin);
  });

  test('differs from request to request, over the whole range', async () => {
    const numbers = new Set<number>();
    for (let request = 0; request < 300; request++) {
      const challenge = await given(NOW, { requestId: `r${request}` });
      numbers.add((await solved(challenge)).number);
    }
    expect(Math.min(...numbers)).toBeLessThan(5);
    expect(Math.max(...numbers)).toBeGreaterThan(45);
    expect(Math.max(...numbers)).toBeLessThanOrEqual(50);
  });

  test('is no content where the sale asks for none', async () => {
    const { status } = await challengeAt(NOW, {}, { 'sale/demo': aSale() });
    expect(status).toBe(204);
  });

  test.each([
    ['without a session', { cookie: undefined }, NOW, 401, 'session-missing'],
    ['by another method', { method: 'POST' }, NOW, 400, 'bad-request'],
    ['of an unknown sale', { uri: '/api/sales/nope/challenge' }, NOW, 404, 'unknown-sale'],
    ['at the closing', { cookie: aSession({ e: 9e9 }) }, CLOSES_AT, 410, 'closed'],
  ])('is refused %s', async (_case, asked, now, status, code) => {
    expect(await challengeAt(now, asked)).toMatchObject({ status, code });
  });
});

/** What `String` throws at. */
const NO_TEXT = { toString: 'x', valueOf: 'y' };

describe('the solution of a ticket', () => {
  test('is taken from whoever solved it, as often as it is shown', async () => {
    const solution = encoded(await solved(await given()));
    for (const now of [NOW + 1, NOW + 60_000, NOW + 299_999]) {
      expect(await ticketWith(solution, now)).toMatchObject({ status: 200 });
    }
  });

  test('is too old after five minutes', async () => {
    const solution = encoded(await solved(await given()));
    expect(await ticketWith(solution, NOW + 300_000)).toMatchObject({
      status: 403,
      code: 'challenge-failed',
    });
  });

  test('may be signed with an older key', async () => {
    const before = { keys: { active: 'k0', k0: KEYS.k0 } };
    const solution = encoded(
      await solved(
        await given(NOW, { cookie: aSession({ kid: 'k0', key: KEYS.k0 }) }, { ...SALE, ...before }),
      ),
    );
    expect(await ticketWith(solution)).toMatchObject({ status: 200 });
  });

  test.each([
    ['missing', () => undefined],
    ['empty', () => ''],
    ['no base64', () => '§§§'],
    ['null', () => encoded(null)],
    ['a list', () => encoded([1])],
    ['without a number', (right: Payload) => encoded({ ...right, number: undefined })],
    [
      'with a number in words',
      (right: Payload) => encoded({ ...right, number: String(right.number) }),
    ],
    ['one off', (right: Payload) => encoded({ ...right, number: right.number + 1 })],
    ['without a salt', (right: Payload) => encoded({ ...right, salt: undefined })],
    ['with a salt that is no text', (right: Payload) => encoded({ ...right, salt: NO_TEXT })],
    ['signed by no text', (right: Payload) => encoded({ ...right, signature: NO_TEXT })],
    [
      'with a later expiry',
      (right: Payload) =>
        encoded({ ...right, salt: right.salt.replace(/expires=\d/, 'expires=9') }),
    ],
    [
      'with a higher level',
      (right: Payload) => encoded({ ...right, salt: right.salt.replace('level=0', 'level=2') }),
    ],
    ['signed by nobody', (right: Payload) => encoded({ ...right, signature: '0'.repeat(64) })],
    [
      'under an unknown key',
      (right: Payload) => encoded({ ...right, salt: right.salt.replace('key=k1', 'key=k9') }),
    ],
    ['with digits of the number in the salt', (right: Payload) => encoded(spliced(right))],
  ])('is refused when %s', async (_case, change) => {
    const right = await solved(await given());
    const answer = await ticketWith((change as (right: Payload) => string | undefined)(right));
    expect(answer).toMatchObject({ status: 403, code: 'challenge-failed' });
  });

  test('is refused from another shopper, and in another sale', async () => {
    const solution = encoded(await solved(await given()));
    const bob = await ticketWith(solution, NOW + 1, { cookie: aSession({ u: BOB }) });
    const other = await ticketWith(solution, NOW + 1, { uri: '/api/sales/other/ticket' });
    expect([bob.code, other.code]).toEqual(['challenge-failed', 'challenge-failed']);
  });
});

/** CVE-2025-68113: a salt that does not end with its delimiter takes over the first digits of the number. */
function spliced(payload: Payload): Payload {
  const digits = String(payload.number).padStart(2, '1');
  return {
    ...payload,
    salt: `${payload.salt}${digits.slice(0, 1)}`,
    number: Number(digits.slice(1)),
  };
}
