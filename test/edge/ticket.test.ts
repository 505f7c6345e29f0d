import { describe, expect, test } from '@jest/globals';
import {
  ADA,
  aBuy,
  anEvent,
  answered,
  aSale,
  aSession,
  aTicket,
  CLOSES_AT,
  DOOR_KEY,
  gateAt,
  mac,
  OPENS_AT,
  passed,
} from './gate-scene.ts';

const NOW = OPENS_AT + 1000;
const WIDTH = 60_000;

const ask = (asked = {}) =>
  anEvent({ method: 'POST', uri: '/api/sales/demo/ticket', cookie: aSession(), ...asked });

const ticketAt = async (now: number, changes = {}, event = ask()) =>
  answered(await gateAt(now, { 'sale/demo': aSale(changes) })(event));

/** What Ada draws from the scene's seed. */
const LOT = Number.parseInt(
  Buffer.from(mac('seed', `slot.${ADA}`), 'base64url')
    .toString('hex')
    .slice(0, 4),
  16,
);
const SLOT = OPENS_AT + Math.floor((LOT * WIDTH) / 65_536);

const buyAt = async (now: number, ticket: string, changes = {}) =>
  gateAt(now, { 'sale/demo': aSale({ w: WIDTH, ...changes }) })(
    aBuy({ ticket, uri: `/api/sales/demo/${DOOR_KEY}/orders` }),
  );

describe('the life of a ticket', () => {
  test('is as long beyond its slot as the sale says, from its slot or its issue', async () => {
    const early = await ticketAt(OPENS_AT - 5000, { w: WIDTH, t: 3000 });
    const late = await ticketAt(SLOT + 2000, { w: WIDTH, t: 3000 });
    expect(early.body).toMatchObject({ slotEpochMs: SLOT, expiresEpochMs: SLOT + 3000 });
    expect(late.body).toMatchObject({ slotEpochMs: SLOT, expiresEpochMs: SLOT + 5000 });
  });

  test('lets it be used in its last millisecond, and not after', async () => {
    const { body } = await ticketAt(OPENS_AT - 5000, { w: WIDTH });
    const ticket = String(body['ticket']);
    passed(await buyAt(SLOT, ticket));
    passed(await buyAt(SLOT + 9999, ticket));
    expect(answered(await buyAt(SLOT + 10_000, ticket)).code).toBe('ticket-expired');
  });

  test('ends one millisecond before its slot begins with the seconds that are left', async () => {
    const { body } = await ticketAt(OPENS_AT - 5000, { w: WIDTH });
    const refusal = answered(await buyAt(SLOT - 1, String(body['ticket'])));
    expect(refusal).toMatchObject({ status: 429, code: 'not-your-turn' });
    expect(refusal.headers['retry-after']).toBe('1');
  });
});

describe('slots', () => {
  test('are not drawn yet: no ticket until a minute before the opening, then by the seed alone', async () => {
    const pending = await ticketAt(OPENS_AT - 60_001, { n: true });
    expect(pending).toMatchObject({ status: 403, code: 'not-open' });
    expect(pending.body).toMatchObject({
      detail: 'The slots are not drawn yet.',
      opensAtEpochMs: OPENS_AT,
    });
    expect((await ticketAt(OPENS_AT - 60_000, { n: true })).body['lot']).toBe(LOT);
  });

  test('begin anew after a pause, in the same order', async () => {
    const resumedAt = OPENS_AT + 10 * 60_000;
    const { body } = await ticketAt(NOW, { w: WIDTH, e: resumedAt });
    const slot = resumedAt + (SLOT - OPENS_AT);
    expect(body).toMatchObject({ slotEpochMs: slot, lot: LOT });
    const ticket = aTicket({ f: LOT, e: CLOSES_AT });
    expect(answered(await buyAt(slot - 1, ticket, { e: resumedAt })).code).toBe('not-your-turn');
    passed(await buyAt(slot, ticket, { e: resumedAt }));
  });

  test('are the same however often and from wherever a shopper asks', async () => {
    const lots = new Set<unknown>();
    for (let request = 0; request < 20; request++) {
      const event = ask({ requestId: `request-${request}`, ip: `192.0.2.${request}` });
      lots.add((await ticketAt(NOW + request, { w: WIDTH }, event)).body['lot']);
    }
    expect([...lots]).toEqual([LOT]);
  });

  test('differ from sale to sale', async () => {
    const { body } = await ticketAt(NOW, { w: WIDTH, s: 'another seed' });
    expect(body['lot']).not.toBe(LOT);
  });
});
