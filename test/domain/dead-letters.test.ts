import { describe, expect, test } from '@jest/globals';
import { type DeadLetter, diagnose, type Source } from '../../domain/dead-letters.ts';
import { openShop } from '../support/shop.ts';

const FUNCTIONS = {
  ...{ open: 'arn:open:live', sweep: 'arn:sweep:live' },
  ...{ reconcile: 'arn:reconcile:live', note: 'arn:note:live' },
};

const letter = (body: unknown, attributes: DeadLetter['attributes'] = {}): DeadLetter => ({
  ...{ id: 'm-1', attributes },
  body: typeof body === 'string' ? body : JSON.stringify(body),
});

const say = (source: Source, one: DeadLetter, as?: string) =>
  diagnose(source, one, { functions: FUNCTIONS, ...(as && { as }) });

const POISON = { isPoison: true };

const RANGE = { v: 1, kind: 'sweep', saleId: 'night', sku: 'lamp', block: 3 };

describe('diagnose()', () => {
  test.each(['orders', 'sweeps', 'scheduler'] as const)(
    'gives up what is no JSON, or nothing, in %s',
    (source) => {
      for (const body of ['{"v":', 'null']) {
        expect(say(source, letter(body))).toEqual({
          ...{ what: 'no JSON', why: 'it cannot be read', ...POISON },
        });
      }
    },
  );

  test('says what an order, a refund and a sale came to, and sends them again', async () => {
    const shop = await openShop();
    const orderId = await shop.order('ada');
    const way = { to: 'queue', queue: 'orders' };
    expect(say('orders', letter(shop.messages[0]))).toMatchObject({
      ...{ what: `order ${orderId} became RESERVED`, way, isPoison: false },
      why: expect.stringContaining('logged why under "m-1"'),
    });
    await shop.pay('nobody', 'pay_9', 1);
    expect(say('orders', letter(shop.messages[1]))).toMatchObject({
      ...{ what: expect.stringContaining('payment pay_9 of order'), way, isPoison: false },
    });
    const sale = { v: 1, kind: 'sale', what: 'opened', saleId: 'night', occurrence: '1', at: 1 };
    expect(say('orders', letter(sale))).toMatchObject({ what: 'sale night opened', way });
  });

  test.each([
    [{ v: 2, kind: 'sale' }, 'it is of kind "sale", version 2'],
    [{ v: 1, kind: 'order', saleId: 'night', sku: 'lamp' }, 'its "holder" is no text'],
    [7, 'it is of kind undefined, version undefined'],
  ])('says as the record function would why %j can never be recorded', (message, why) => {
    expect(say('orders', letter(message))).toEqual({
      ...{ what: 'no message of ours', why, ...POISON },
    });
  });

  test('tells a range of shards from what is none', () => {
    expect(say('sweeps', letter(RANGE))).toMatchObject({
      ...{ what: 'sweep of night, lamp, range 3', isPoison: false },
      way: { to: 'queue', queue: 'sweeps' },
    });
    for (const other of [{ ...RANGE, block: -1 }, 7, 'text', []]) {
      expect(say('sweeps', letter(JSON.stringify(other)))).toMatchObject(POISON);
    }
  });

  test('repeats what a function threw, and calls it again with its input', () => {
    const input = { saleId: 'night', task: 'sweep' };
    const attributes = { ErrorMessage: 'no such table', ErrorCode: '200', RequestID: 'r' };
    expect(say('scheduler', letter(input, attributes))).toEqual({
      ...{ what: '"sweep" of sale night', why: 'it failed three times: no such table' },
      ...{ way: { to: 'function', name: 'sweep', input }, isPoison: false },
    });
  });

  test('repeats what Scheduler could not do, and finds the function by its target', () => {
    const attributes = {
      ...{ ERROR_CODE: 'AWS.Lambda.ThrottlingException', ERROR_MESSAGE: 'Rate exceeded' },
      ...{ RETRY_ATTEMPTS: '185', TARGET_ARN: 'arn:open:live' },
    };
    const request = { FunctionName: 'x', Payload: '{"saleId":"night"}' };
    for (const body of [request, { ...request, Payload: { saleId: 'night' } }]) {
      expect(say('scheduler', letter(body, attributes))).toEqual({
        what: '"open" of sale night',
        why: 'it could not be called: AWS.Lambda.ThrottlingException Rate exceeded, after 185 retries',
        way: { to: 'function', name: 'open', input: { saleId: 'night' } },
        isPoison: false,
      });
    }
    const { RETRY_ATTEMPTS: _, ERROR_CODE: __, ...few } = attributes;
    expect(say('scheduler', letter(request, few)).why).toBe(
      'it could not be called: Rate exceeded',
    );
  });

  test('asks for the function where nothing says which it was, and takes what it is told', () => {
    const unsigned = letter({ saleId: 'night' });
    const asked = say('scheduler', unsigned);
    expect(asked).toMatchObject({ what: 'a call of sale night', isPoison: false });
    expect(asked.why).toContain('nothing is written on it that says why');
    expect(asked.why).toContain('say --as, one of open, sweep, reconcile, note');
    expect(asked.way).toBeUndefined();
    expect(say('scheduler', unsigned, 'sweep').way).toMatchObject({ name: 'sweep' });
    for (const task of ['constructor', 7, 'paint']) {
      expect(say('scheduler', letter({ saleId: 'night', task })).way).toBeUndefined();
    }
  });

  test('gives up what is no input, and a call for a sale without one', () => {
    for (const body of [7, [], { Payload: '"text"' }]) {
      expect(say('scheduler', letter(JSON.stringify(body)), 'open')).toMatchObject(POISON);
    }
    for (const body of [{}, { saleId: 7 }]) {
      expect(say('scheduler', letter(body), 'open')).toEqual({
        ...{ what: '"open" of no sale', why: 'nothing is written on it that says why', ...POISON },
      });
    }
  });

  test('calls again what needs no sale: the nightly reconciliation, and who hears an event', () => {
    const night = say('scheduler', letter({ task: 'reconcile' }));
    expect(night).toMatchObject({ what: '"reconcile"', way: { name: 'reconcile' } });
    const event = { source: 'flash-sale', 'detail-type': 'sale.opened.v1', detail: {} };
    expect(say('scheduler', letter(event)).way).toEqual({
      ...{ to: 'function', name: 'note', input: event },
    });
    expect(say('scheduler', letter({ ...event, source: 'aws.s3' })).way).toBeUndefined();
  });
});
