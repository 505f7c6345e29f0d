/** @module Laws of the proof of work: what the gate gives out and takes back, beside ALTCHA's own library. */

import { equal, notEqual, ok } from 'node:assert/strict';
import { createHash, createHmac } from 'node:crypto';
import { createChallenge, verifySolution } from 'altcha-lib/v1';
import fc from 'fast-check';
import { sign } from '../../adapters/hmac.ts';
import { type Challenge, solve } from '../../load/challenge.ts';
import { sharesOf } from '../../site/challenge.ts';
import { anEvent, answered, aSale, gateAt, TRANSACTION } from '../edge/gate-scene.ts';
import { OPENS_AT } from '../support/sales.ts';
import { keyRings, shopperIds, tampers } from './arbitraries.ts';
import { type Law, law, same, shown } from './law.ts';

type Keys = { readonly active: string; readonly [kid: string]: string };

/** Somebody who asks for a challenge. */
type Scene = {
  readonly keys: Keys;
  readonly shopper: string;
  readonly difficulty: number;
  readonly now: number;
  readonly requestId: string;
};

const scenes: fc.Arbitrary<Scene> = fc.record({
  keys: keyRings,
  shopper: shopperIds,
  difficulty: fc.integer({ min: 1, max: 60 }),
  now: fc.integer({ min: OPENS_AT, max: OPENS_AT + 1e9 }),
  requestId: fc.uuid(),
});

/** How long a challenge lives, from the whole second that it was given out in. */
const LIFE_MS = 300_000;

type Ask = {
  readonly step: 'challenge' | 'ticket';
  readonly sale?: string;
  readonly header?: string;
};

async function ask(scene: Scene, now: number, { step, sale = 'demo', header }: Ask) {
  const { keys, shopper, difficulty: x, requestId } = scene;
  const entry = aSale({ o: 0, c: 9e15, x });
  const store = { keys, 'sale/demo': entry, 'sale/other': entry };
  const event = anEvent({
    method: step === 'ticket' ? 'POST' : 'GET',
    uri: `/api/sales/${sale}/${step}`,
    cookie: sign(keys, 'session', { u: shopper, t: TRANSACTION, e: 9e12 }),
    headers: { 'x-solution': header },
    requestId,
  });
  return answered(await gateAt(now, store)(event));
}

const given = async (scene: Scene) =>
  (await ask(scene, scene.now, { step: 'challenge' })).body as unknown as Challenge;

/** What the gate says to a solution: 200 is a ticket. */
const told = async (scene: Scene, header: string, now: number, sale = 'demo') => {
  const { status, code } = await ask(scene, now, { step: 'ticket', header, sale });
  return code ?? status;
};

/** The key that a shopper's challenges in the sale `demo` are signed with. */
const ownKey = ({ keys, shopper }: Scene): string =>
  createHmac('sha256', keys[keys.active] ?? '')
    .update(`challenge.demo.${shopper}`)
    .digest('hex');

type Solution = {
  readonly salt: string;
  readonly number: unknown;
  readonly signature: string;
  readonly challenge: string;
  readonly algorithm: string;
};

const solved = async (challenge: Challenge): Promise<Solution> =>
  JSON.parse(Buffer.from((await solve(challenge)).header, 'base64').toString());

const encoded = (solution: unknown) => Buffer.from(JSON.stringify(solution)).toString('base64');

/** Something done to one member of a solution: the member, and what becomes of the whole. */
const forgeries: fc.Arbitrary<(right: Solution) => Solution> = fc.oneof(
  fc
    .tuple(fc.constantFrom('salt', 'signature', 'challenge', 'algorithm'), tampers)
    .map(([member, tamper]) => (right: Solution) => ({
      ...right,
      [member]: tamper(String(right[member as keyof Solution])),
    })),
  fc
    .oneof(fc.integer(), fc.constantFrom<unknown>('7', null, true, 0.5))
    .map((number) => shown((right: Solution) => ({ ...right, number }), `number ${number}`)),
  // CVE-2025-68113: digits of the number move to the end of the salt.
  fc.integer({ min: 1, max: 5 }).map((digits) =>
    shown((right: Solution) => {
      const text = String(right.number);
      const salt = right.salt + text.slice(0, digits);
      return { ...right, salt, number: Number(text.slice(digits) || '0') };
    }, `${digits} digits of the number in the salt`),
  ),
);

export const challengeLaws: readonly Law[] = [
  law(
    'challenge: is what ALTCHA makes of its salt and number, and its solution is right to ALTCHA',
    [scenes],
    async (scene) => {
      const challenge = await given(scene);
      const { salt, maxnumber } = challenge;
      const solution = await solved(challenge);
      const twin = await createChallenge({
        salt,
        maxnumber,
        number: Number(solution.number),
        hmacKey: ownKey(scene),
      });
      same(challenge, twin);
      equal(maxnumber, scene.difficulty);
      // The library looks at the clock of the machine: whether it has expired is another law.
      ok(await verifySolution(encoded(solution), ownKey(scene), false));
    },
  ),

  law(
    'challenge: a solution is good for five minutes',
    [
      scenes,
      fc.oneof(fc.integer({ min: -2, max: 2 }), fc.integer({ min: -300_000, max: 900_000 })),
    ],
    async (scene, ms) => {
      const header = encoded(await solved(await given(scene)));
      const end = Math.floor(scene.now / 1000) * 1000 + LIFE_MS;
      equal(await told(scene, header, end + ms), ms < 0 ? 200 : 'challenge-failed');
    },
  ),

  law(
    'challenge: a solution is worth nothing to another shopper, in another sale, under other keys',
    [scenes, scenes],
    async (scene, other) => {
      const header = encoded(await solved(await given(scene)));
      equal(await told(scene, header, scene.now), 200);
      equal(await told(scene, header, scene.now, 'other'), 'challenge-failed');
      if (other.shopper !== scene.shopper) {
        equal(
          await told({ ...scene, shopper: other.shopper }, header, scene.now),
          'challenge-failed',
        );
      }
      equal(await told({ ...scene, keys: other.keys }, header, scene.now), 'challenge-failed');
    },
  ),

  law(
    'challenge: what ALTCHA takes the gate takes, and the gate takes no other number and salt',
    [scenes, forgeries],
    async (scene, forge) => {
      const right = await solved(await given(scene));
      const forged = forge(right);
      const isTaken = (await told(scene, encoded(forged), scene.now + 1)) === 200;
      const isProven =
        forged.salt === right.salt &&
        forged.number === right.number &&
        forged.signature === right.signature;
      equal(isTaken, isProven);
      const isTakenByAltcha = await verifySolution(encoded(forged), ownKey(scene), false).catch(
        () => false,
      );
      // The library counts a number in words as that number, and ends a salt itself that has lost its end.
      const isWhole = typeof forged.number === 'number' && forged.salt.endsWith('&');
      if (isTakenByAltcha && isWhole) ok(isTaken);
    },
  ),

  law('challenge: another request, another one', [scenes, fc.uuid()], async (scene, requestId) => {
    if (requestId === scene.requestId) return;
    notEqual((await given({ ...scene, requestId })).challenge, (await given(scene)).challenge);
  }),

  law(
    'challenge: the shares of workers hold each number once',
    [fc.nat({ max: 3000 }), fc.integer({ min: 1, max: 12 })],
    (most, workers) => {
      const shares = sharesOf(most, workers);
      ok(shares.length <= workers);
      const numbers = shares.flatMap(({ start, end }) =>
        Array.from({ length: end - start + 1 }, (_, i) => start + i),
      );
      equal(String(numbers), String(Array.from({ length: most + 1 }, (_, i) => i)));
    },
  ),

  law(
    'challenge: a page tries the numbers that the gate can have drawn',
    [scenes, fc.nat({ max: 300 })],
    async (scene, number) => {
      const salt = (await given(scene)).salt;
      const challenge = createHash('sha256').update(`${salt}${number}`).digest('hex');
      const asked = { algorithm: 'SHA-256', challenge, maxnumber: 300, salt, signature: '' };
      equal((await solved(asked)).number, number);
    },
  ),
];
