import { describe, expect, test } from '@jest/globals';
import { doubleVisit, visit } from '../../load/k6/visit.ts';
import { fakeSite } from './fake-site.ts';
import { brokenIn, someone, stageOf } from './stages.ts';

const PAYS = { PAY: '1' };

const counted = (values: readonly string[]) =>
  Object.fromEntries(
    [...new Set(values)].map((one) => [one, values.filter((v) => v === one).length]),
  );

describe('visit()', () => {
  test('goes the whole way: session, challenge, ticket, flag, buy, order, checkout, provider', async () => {
    const site = fakeSite();
    const { stage, told } = stageOf(site.send, PAYS);
    await visit(someone(stage));
    const purposes = site.asked.map((line) => line.split(' ')[0]);
    expect([...new Set(purposes)]).toEqual([
      ...['session', 'challenge', 'ticket', 'flag', 'buy', 'order', 'checkout', 'provider'],
    ]);
    expect(told).toMatchObject({ presses: ['granted'], orders: 1, untold: 0 });
    expect(told.left).toEqual([{ paid: 1, held: 1 }]);
    expect(brokenIn(told)).toEqual([]);
    expect(told.answers).toMatchObject([{ shopper: 'visit-0', sku: 'LAMP', status: 201 }]);
  });

  test('counts an order that was granted within the first payment window, and no later one', async () => {
    const early = stageOf(fakeSite().send, {}, { startsAt: Date.now() - 800_000 });
    await visit(someone(early.stage));
    expect(early.told.left).toEqual([{ paid: 0, held: 1 }]);
    const late = stageOf(fakeSite().send, {}, { startsAt: Date.now() - 1_000_000 });
    await visit(someone(late.stage));
    expect(late.told.left).toEqual([{ paid: 0, held: 0 }]);
  });

  test('measures how long a record takes, by an order that is cancelled and bought again', async () => {
    const site = fakeSite({ recordAfterLooks: 2 });
    const { stage, told } = stageOf(site.send, { LAG_SHARE: '1' });
    await visit(someone(stage));
    expect(told.lags).toHaveLength(1);
    expect(counted(told.presses)).toEqual({ granted: 2 });
    expect(told.left).toEqual([{ paid: 0, held: 1 }]);
    expect(brokenIn(told)).toEqual([]);
  });

  test('sends the ID token with the session and the announced code with the ticket, and with nothing else', async () => {
    const site = fakeSite();
    const { stage } = stageOf(site.send, { CODE: ' spring time ' });
    await visit(someone(stage, 0, 'a.b.c'));
    const having = (name: string) =>
      site.asked.flatMap((line, index) =>
        site.headers[index]?.[name] === undefined
          ? []
          : `${line.split(' ')[0]} ${site.headers[index]?.[name]}`,
      );
    expect(having('authorization')).toEqual(['session Bearer a.b.c']);
    expect(having('x-code')).toEqual(['ticket SPRING%20TIME']);
  });

  test.each([
    ['a second order', 'one-order', { orderId: 'night.LAMP.another' }],
    ['another quantity', 'order-kept', { quantity: 2 }],
  ])('finds %s told by a repeat', async (_what, rule, lie) => {
    let presses = 0;
    const site = fakeSite();
    const { stage, told } = stageOf(async (asked, method, path, ask) => {
      const reply = await site.send(asked, method, path, ask);
      const isRepeat = asked === 'buy' && presses++ > 0;
      return isRepeat ? { ...reply, body: { ...reply.body, ...lie } } : reply;
    });
    await doubleVisit(someone(stage));
    expect(brokenIn(told)).toContain(rule);
  });

  test.each([
    [
      'an order that is gone',
      'order-kept',
      'order',
      { status: 404, body: { code: 'unknown-order' } },
    ],
    ['a server error', 'contract', 'session', { status: 500, body: { code: 'internal' } }],
    ['an error without a code', 'contract', 'buy', { status: 503, body: {} }],
    ['a throttle without Retry-After', 'contract', 'buy', { status: 429, body: { code: 'busy' } }],
  ])('finds %s', async (_what, rule, purpose, instead) => {
    const site = fakeSite({
      instead: (asked) => (asked === purpose ? { headers: {}, ...instead } : undefined),
    });
    const { stage, told } = stageOf(site.send, { PATIENCE_SECONDS: '1' });
    await visit(someone(stage));
    expect(brokenIn(told)).toEqual([rule]);
  });

  test('finds an order that is granted before the opening', async () => {
    const { stage, told } = stageOf(fakeSite().send, {}, { opensAt: Date.now() + 60_000 });
    const player = someone(stage);
    // A page whose clock is wrong: it does not wait.
    await visit({
      ...player,
      world: { ...player.world, door: { ...player.world.door, opensAt: 0 } },
    });
    expect(brokenIn(told)).toEqual(['not-early']);
  });
});

describe('doubleVisit()', () => {
  test('presses twice at once, again, and once more after the payment', async () => {
    const { stage, told } = stageOf(fakeSite().send, PAYS);
    await doubleVisit(someone(stage));
    expect(counted(told.presses)).toEqual({ granted: 1, repeated: 2, 'limit-reached': 1 });
    expect(told.orders).toBe(1);
    expect(brokenIn(told)).toEqual([]);
  });

  test('buys a second one where the limit allows two, and finds a third', async () => {
    const two = stageOf(fakeSite({ limit: 2 }).send, PAYS, { limit: 2 });
    await doubleVisit(someone(two.stage));
    expect(two.told).toMatchObject({ orders: 2, left: [{ paid: 1, held: 2 }] });
    expect(brokenIn(two.told)).toEqual([]);
    const more = stageOf(fakeSite({ limit: 2 }).send, PAYS, { limit: 1 });
    await doubleVisit(someone(more.stage));
    expect(brokenIn(more.told)).toEqual(['limit']);
  });
});
