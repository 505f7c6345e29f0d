import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { invocationsIn } from '../support/invocations.ts';
import { type Scene, startScene } from './scene.ts';

let scene: Scene;

beforeAll(async () => {
  scene = await startScene({ id: 'calls', items: [{ units: 4 }] }, { requestsPerEnvironment: 1 });
  await scene.publish({ id: 'later', opensAt: scene.stack.clock.now() + 3_600_000 });
  await scene.open();
  // Environments are warm: what they read once in a while is read.
  const warm = await scene.enter();
  await warm.order('calls');
  await scene.stack.settle();
}, 30_000);

afterAll(() => scene?.stop());

/** Every call that functions make meanwhile: `function service operation`. */
async function callsOf(run: () => Promise<unknown>): Promise<string[]> {
  const { stack } = scene;
  await stack.settle();
  stack.calls.records.length = 0;
  stack.calls.recording = true;
  await run();
  await stack.settle();
  stack.calls.recording = false;
  return stack.calls.records.map((one) => `${one.function} ${one.service} ${one.operation}`);
}

const isWrite = (call: string) =>
  /dynamodb (Put|Update|Delete|TransactWrite|BatchWrite)/.test(call);
const invocations = () => invocationsIn(scene.stack);

describe('a win', () => {
  test('takes three writes and one message to grant, one write and its event to record', async () => {
    const shopper = await scene.enter();
    await shopper.ticket('calls');
    const calls = await callsOf(() => shopper.order('calls'));
    expect(calls.filter((one) => one.startsWith('Buy ') && !one.includes('BatchGetItem'))).toEqual([
      'Buy dynamodb PutItem',
      'Buy dynamodb UpdateItem',
      'Buy dynamodb UpdateItem',
      'Buy sqs SendMessage',
    ]);
    expect(calls.filter((one) => one.startsWith('Record ') && isWrite(one))).toEqual([
      'Record dynamodb PutItem',
    ]);
    expect(calls.filter((one) => one === 'Record events PutEvents')).toHaveLength(1);
  });

  test('costs three write units, and one for its record', async () => {
    const shopper = await scene.enter();
    const before = scene.stack.calls.snapshot();
    await shopper.order('calls');
    await scene.stack.settle();
    const units = (name: string) =>
      scene.stack.calls
        .since(before)
        .filter((one) => one.function === name)
        .reduce((sum, { writeUnits }) => sum + writeUnits, 0);
    expect([units('Buy'), units('Record')]).toEqual([3, 1]);
  });

  test('of the last unit leaves a hint besides', async () => {
    const shopper = await scene.enter();
    const calls = await callsOf(() => shopper.order('calls'));
    expect(calls.filter((one) => one.startsWith('Buy ') && isWrite(one))).toHaveLength(4);
  });
});

describe('a reject', () => {
  test('after sold out reads the status once a second, and nothing else', async () => {
    const first = await scene.enter();
    expect((await first.buy('calls')).body['code']).toBe('sold-out');
    await scene.stack.clock.advance(1000);
    const shoppers = await Promise.all(Array.from({ length: 20 }, () => scene.enter()));
    for (const shopper of shoppers) await shopper.ticket('calls');
    const calls = await callsOf(async () => {
      for (const shopper of shoppers) {
        expect((await shopper.buy('calls')).body['code']).toBe('sold-out');
      }
    });
    expect(calls.filter((one) => one !== 'Buy dynamodb BatchGetItem')).toEqual([]);
    const seconds = scene.stack.requests.functions['Buy']?.coldStarts ?? 0;
    expect(calls.length).toBeLessThanOrEqual(seconds + 1);
  });

  test.each([
    ['before the opening', 'later', { doorKey: 'unknown' }, 403, 'not-open'],
    ['with a wrong door key', 'calls', { doorKey: 'unknown' }, 403, 'door-key-wrong'],
    ['with a ticket that is none', 'calls', { ticket: 'none' }, 403, 'ticket-invalid'],
    ['in an unknown sale', 'nowhere', { doorKey: 'unknown', ticket: 'x' }, 404, 'unknown-sale'],
  ])('%s reaches no function', async (_, saleId, purchase, status, code) => {
    const shopper = await scene.enter();
    const before = invocations();
    const reply = await shopper.buy(saleId, purchase);
    expect([reply.status, reply.body['code']]).toEqual([status, code]);
    expect(invocations()).toBe(before);
  });

  test("with somebody else's ticket reaches no function", async () => {
    const [shopper, other] = [await scene.enter(), await scene.enter()];
    const before = invocations();
    const reply = await shopper.buy('calls', { ticket: await other.ticket('calls') });
    expect([reply.status, reply.body['code']]).toEqual([403, 'ticket-invalid']);
    expect(invocations()).toBe(before);
  });

  test('without a session reaches no function', async () => {
    const doorKey = (await scene.doorKey('calls')) ?? '';
    const ticket = await (await scene.enter()).ticket('calls');
    const before = invocations();
    const reply = await scene.shopperWith('').buy('calls', { doorKey, ticket });
    expect([reply.status, reply.body['code']]).toEqual([401, 'session-missing']);
    expect(invocations()).toBe(before);
  });

  test('before its slot reaches no function, and says when to come', async () => {
    const admission = {
      expectedShoppers: 1_000_000,
      perSecond: 1,
      difficulty: 0,
      ticketSeconds: 10,
    };
    await scene.publish({ id: 'slots', admission });
    await scene.open();
    const shopper = await scene.enter();
    const before = invocations();
    const reply = await shopper.buy('slots');
    expect([reply.status, reply.body['code']]).toEqual([429, 'not-your-turn']);
    expect(reply.body['retryAfterSeconds']).toBeGreaterThan(1);
    expect(invocations()).toBe(before);
  });
});
