import { describe, expect, test } from '@jest/globals';
import { sign } from '../../adapters/hmac.ts';
import type { LiveViews } from '../../adapters/live-view.ts';
import type { Status } from '../../domain/items.ts';
import { admit } from '../../lambdas/buy/admit.ts';
import type { Request } from '../../lambdas/http.ts';
import { aPublishedSale, OPENS_AT } from '../support/sales.ts';
import { aRequest } from './requests.ts';

type LiveView = NonNullable<Awaited<ReturnType<LiveViews>>>;

const KEYS = { active: 'k1', k1: 'secret' };
const SALE = aPublishedSale();
const status = {
  phase: 'OPEN',
  soldOut: false,
  shards: 1,
  releases: 0,
  grants: 0,
  cap: 9,
} as const;
const VIEW: LiveView = { sale: SALE, status, empty: new Set([3]), sweptAt: OPENS_AT };

const session = { u: 'i-ada', t: 't-ada', e: OPENS_AT / 1000 + 7200 };
const ticket = (values: object = {}, shopper = 'i-ada') =>
  sign(KEYS, 'ticket', { s: 'night', f: 0, e: OPENS_AT + 60_000, ...values }, shopper);

const HEADERS = { cookie: `fs_session=${sign(KEYS, 'session', session)}`, 'x-ticket': ticket() };

/** A press of Buy that is right but for what a test is about. */
const press = (changes: Partial<Request> = {}) =>
  aRequest({
    headers: HEADERS,
    pathParameters: { sale: 'night', doorKey: SALE.doorKey },
    queryStringParameters: { sku: 'lamp' },
    ...changes,
  });

const admitted = (
  request: Request,
  { view = VIEW as LiveView | undefined, now = OPENS_AT, asked = [] as string[][] } = {},
) =>
  admit(
    {
      keys: async () => KEYS,
      views: async (...names) => {
        asked.push(names);
        return view;
      },
      clock: () => now,
    },
    request,
  );

const withTicket = (value: string) => press({ headers: { ...HEADERS, 'x-ticket': value } });

describe('admit()', () => {
  test('lets a press of Buy through, with all that a purchase needs', async () => {
    const asked: string[][] = [];
    expect(await admitted(press(), { asked })).toEqual({
      offer: { sale: SALE, item: SALE.items[0], status, empty: new Set([3]) },
      session: { shopper: 'i-ada', transaction: 't-ada', isGuest: false },
      ...{ quantity: 1, again: false, now: OPENS_AT, sweptAt: OPENS_AT },
    });
    expect(asked).toEqual([['night', 'lamp']]);
  });

  test.each([
    ['1', 1],
    ['100', 100],
    ['007', 7],
  ])('reads a quantity of %s', async (quantity, units) => {
    const request = press({ queryStringParameters: { sku: 'lamp', quantity } });
    expect(await admitted(request)).toMatchObject({ quantity: units });
  });

  test.each(['0', '101', '-1', '1.5', '1e1', '', ' 1', 'x', '1000'])(
    'refuses a quantity of "%s"',
    async (quantity) => {
      const request = press({ queryStringParameters: { sku: 'lamp', quantity } });
      expect(await admitted(request)).toMatchObject({ code: 'bad-request' });
    },
  );

  test.each<[string, string, Partial<Request>]>([
    ['session-missing', 'without a session', { headers: { 'x-ticket': ticket() } }],
    ['unknown-sale', 'for a sale that has no such name', { pathParameters: { sale: 'a/b' } }],
    ['unknown-sale', 'for no sale', { pathParameters: null }],
    ['unknown-item', 'for no item', { queryStringParameters: null }],
    ['unknown-item', 'for an item of no such name', { queryStringParameters: { sku: 'a#b' } }],
    ['unknown-item', 'for an item of another sale', { queryStringParameters: { sku: 'sofa' } }],
    ['door-key-wrong', 'at another door', { pathParameters: { sale: 'night', doorKey: 'x' } }],
    ['door-key-wrong', 'at no door', { pathParameters: { sale: 'night' } }],
  ])('answers %s %s', async (code, _, changes) => {
    expect(await admitted(press(changes))).toMatchObject({ code });
  });

  test('asks for nothing before it knows who asks, and for what', async () => {
    const asked: string[][] = [];
    await admitted(press({ headers: {} }), { asked });
    await admitted(press({ queryStringParameters: { sku: 'a#b' } }), { asked });
    expect(asked).toEqual([]);
  });

  test('answers unknown-sale and unavailable by what the table has', async () => {
    const doors = { keys: async () => KEYS, views: async () => undefined, clock: () => OPENS_AT };
    expect(await admit(doors, press())).toMatchObject({ code: 'unknown-sale' });
    const unready = { ...VIEW, status: undefined };
    expect(await admitted(press(), { view: unready })).toMatchObject({ code: 'unavailable' });
  });

  test('opens and closes by the clock and the live status', async () => {
    const at = (now: number) => admitted(withTicket(ticket({ e: OPENS_AT * 2 })), { now });
    expect(await at(OPENS_AT - 1)).toMatchObject({
      ...{ code: 'not-open', members: { opensAtEpochMs: OPENS_AT } },
    });
    expect(await at(OPENS_AT)).toMatchObject({ quantity: 1 });
    expect(await at(SALE.closesAt - 1)).toMatchObject({ quantity: 1 });
    expect(await at(SALE.closesAt)).toMatchObject({ code: 'closed' });
    for (const [phase, code] of [['PAUSED', 'paused'] as const, ['CLOSED', 'closed'] as const]) {
      const view = { ...VIEW, status: { ...status, phase } };
      expect(await admitted(press(), { view })).toMatchObject({ code });
    }
  });

  const pressAgain = (changes: Partial<Request> = {}) =>
    press({ queryStringParameters: { sku: 'lamp', again: '1' }, ...changes });
  const inPhase = (phase: Status['phase']) => ({
    view: { ...VIEW, status: { ...status, phase } },
  });

  test('lets who asks again through doors that are shut by now, and nobody else', async () => {
    for (const [phase, code] of [['PAUSED', 'paused'] as const, ['CLOSED', 'closed'] as const]) {
      expect(await admitted(pressAgain(), inPhase(phase))).toMatchObject({ again: true });
      for (const again of ['', '0', 'true', '11']) {
        const request = press({ queryStringParameters: { sku: 'lamp', again } });
        expect(await admitted(request, inPhase(phase))).toMatchObject({ code });
      }
    }
    const late = { 'x-ticket': ticket({ e: OPENS_AT * 2 }) };
    const request = pressAgain({ headers: { ...HEADERS, ...late } });
    expect(await admitted(request, { now: SALE.closesAt })).toMatchObject({ again: true });
  });

  test('asks for key and ticket all the same, and for the opening', async () => {
    const keyless = pressAgain({ pathParameters: { sale: 'night', doorKey: 'x' } });
    const ticketless = pressAgain({ headers: { ...HEADERS, 'x-ticket': '' } });
    expect(await admitted(keyless)).toMatchObject({ code: 'door-key-wrong' });
    expect(await admitted(ticketless)).toMatchObject({ code: 'ticket-invalid' });
    for (const request of [keyless, ticketless]) {
      expect(await admitted(request, inPhase('PAUSED'))).toMatchObject({ code: 'paused' });
    }
    expect(await admitted(pressAgain(), { now: OPENS_AT - 1 })).toMatchObject({ code: 'not-open' });
  });

  test('says which keys it needs, so that one that has just come is read', async () => {
    const needed: string[][] = [];
    const keys = async (...kids: readonly string[]) => {
      needed.push([...kids]);
      return KEYS;
    };
    const doors = { keys, views: async () => VIEW, clock: () => OPENS_AT };
    const newer = { active: 'k2', k2: 'newer' };
    const newTicket = sign(newer, 'ticket', { s: 'night', f: 0, e: OPENS_AT + 1 }, 'i-ada');
    expect(await admit(doors, withTicket(newTicket))).toMatchObject({ code: 'ticket-invalid' });
    await admit(doors, press({ headers: {} }));
    expect(needed).toEqual([['k1', 'k2'], []]);
  });

  test('begins again where the slots do after a resume', async () => {
    const view = { ...VIEW, sale: { ...SALE, slotsFrom: OPENS_AT + 5000 } };
    expect(await admitted(press(), { view, now: OPENS_AT + 4999 })).toMatchObject({
      code: 'not-your-turn',
    });
    expect(await admitted(press(), { view, now: OPENS_AT + 5000 })).toMatchObject({ quantity: 1 });
  });

  test.each([
    ['ticket-invalid', ''],
    ['ticket-invalid', ticket({}, 'i-eve')],
    ['ticket-invalid', ticket({ s: 'other' })],
    ['ticket-expired', ticket({ e: OPENS_AT })],
  ])('answers %s', async (code, value) => {
    expect(await admitted(withTicket(value))).toMatchObject({ code });
  });

  test('answers not-your-turn before the slot of the ticket', async () => {
    const sale = {
      ...SALE,
      admission: { expectedShoppers: 100, perSecond: 10, difficulty: 0, ticketSeconds: 10 },
    };
    const early = withTicket(ticket({ f: 32_768 }));
    const view = { ...VIEW, sale };
    const now = OPENS_AT + 5000;
    expect(await admitted(early, { view, now: now - 1 })).toMatchObject({ code: 'not-your-turn' });
    expect(await admitted(early, { view, now })).toMatchObject({ quantity: 1 });
  });
});
