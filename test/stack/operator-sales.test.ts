/** What operators do with sales through their API, and what the log says of it. */

import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { askAs, type Office, openOffice } from './office.ts';
import { MINUTE_MS, type Scene, startScene } from './scene.ts';

let office: Office;
let scene: Scene;
let olivia: string;

beforeAll(async () => {
  office = await openOffice();
  scene = await startScene({ items: [{ units: 3 }] }, { parameters: office.parameters });
  await scene.open();
  olivia = await office.token();
}, 60_000);

afterAll(async () => {
  await scene?.stop();
  await office?.stop();
});

const ask = (method: string, path: string, body?: object) =>
  askAs(scene, olivia, method, path, body);

const today = () => new Date(scene.stack.clock.now()).toISOString().slice(0, 10);

const entries = async (): Promise<readonly Record<string, unknown>[]> =>
  (await ask('GET', `/log/${today()}`)).body['entries'];

describe('a sale', () => {
  test('is listed, and shown with its figures', async () => {
    const listed = (await ask('GET', '/sales')).body['sales'];
    expect(listed).toContainEqual(
      expect.objectContaining({ id: 'first', paused: false, items: 1 }),
    );
    const { body } = await ask('GET', '/sales/first');
    expect(body).toMatchObject({ phase: 'open', items: [{ sku: 'lamp', forSale: 3, held: 0 }] });
  });

  test('is paused and resumed, and the log says by whom, from where, and what came of it', async () => {
    const [from] = [scene.stack.clock.now()];
    expect((await ask('POST', '/sales/first/pause')).body).toEqual({ kind: 'paused' });
    expect((await ask('GET', '/sales/first')).body).toMatchObject({
      phase: 'paused',
      paused: true,
    });
    const { body } = await ask('POST', '/sales/first/resume', { inSeconds: 60 });
    expect(body).toEqual({ kind: 'resumed', slotsFromEpochMs: expect.any(Number) });
    const acts = (await entries()).filter(({ atEpochMs }) => Number(atEpochMs) >= from);
    const by = { name: 'Olivia (olivia-1)', from: 'page at 127.0.0.1', saleId: 'first' };
    expect(acts).toMatchObject([
      { ...by, what: 'pause', outcome: 'paused' },
      { ...by, what: 'resume', detail: { inSeconds: 60 }, outcome: 'resumed' },
    ]);
  });

  test('believes no address that its caller writes', async () => {
    const headers = { 'x-viewer-address': '192.0.2.1', 'x-forwarded-for': '192.0.2.1' };
    await askAs(scene, olivia, 'POST', '/sales/first/pause', undefined, headers);
    await ask('POST', '/sales/first/resume', { inSeconds: 60 });
    expect(JSON.stringify(await entries())).not.toContain('192.0.2.1');
  });

  test('gets more units once for each number, and closes later, never earlier', async () => {
    const { body } = await ask('GET', '/sales/first');
    const more = { sku: 'lamp', units: 2, grant: body['items'][0].grants + 1 };
    for (let times = 0; times < 2; times++) {
      expect((await ask('POST', '/sales/first/restock', more)).body).toMatchObject({
        kind: 'granted',
      });
    }
    expect((await ask('GET', '/sales/first')).body['items'][0].units).toBe(5);
    const other = await ask('POST', '/sales/first/restock', { ...more, units: 3 });
    expect([other.status, other.body['reason']]).toEqual([409, 'taken']);
    const closesAtEpochMs = body['closesAtEpochMs'] + MINUTE_MS;
    const later = await ask('POST', '/sales/first/extend', { closesAtEpochMs });
    expect(later.body).toEqual({ kind: 'extended', closesAtEpochMs });
    const earlier = await ask('POST', '/sales/first/extend', {
      closesAtEpochMs: closesAtEpochMs - 1,
    });
    expect([earlier.status, earlier.body['reason']]).toEqual([409, 'not-later']);
  });

  test('is judged, and says so of each promise', async () => {
    const { body } = await ask('GET', '/sales/first/audit');
    const verdicts = body['promises'].map(({ verdict }: { verdict: string }) => verdict);
    expect(verdicts).toEqual(['kept', 'kept', 'kept', 'not-judged', 'not-judged']);
  });

  test('of more units than a page can wait for is left to the command line', async () => {
    await scene.publishBare({ id: 'large', items: [{ units: 20_000 }, { sku: 'b', units: 1 }] });
    const { status, body } = await ask('GET', '/sales/large/audit');
    expect([status, body['reason']]).toEqual([409, 'too-large']);
  });

  test('shows its last events, the newest first, and none of single orders', async () => {
    await scene.stack.settle();
    const { body } = await ask('GET', '/sales/first/events');
    const types = body['events'].map(({ type }: { type: string }) => type);
    expect(types.at(-1)).toBe('sale.opened.v1');
    expect(types).toContain('sale.restocked.v1');
    expect(types.filter((type: string) => type.startsWith('order.'))).toEqual([]);
  });

  test('whose money came too late gives it back once somebody agrees, and once only', async () => {
    const opensAt = scene.stack.clock.now() - 1000;
    const sale = { id: 'late', opensAt, refunds: 'approval', items: [{ units: 1 }] } as const;
    const { doorKey } = await scene.publishBare(sale);
    const [slow, quick] = [await scene.enter(), await scene.enter()];
    const lost = await slow.order('late', { doorKey });
    const token = await slow.token(lost);
    await slow.cancel(lost);
    // What others were told of the stock is a second old at most.
    await scene.stack.clock.advance(2000);
    await scene.order(quick, 'late', { doorKey });
    const { reference } = await scene.pay(token);
    const waiting = (await ask('GET', '/sales/late/refunds')).body['refunds'];
    expect(waiting).toMatchObject([{ payment: reference, reason: 'late', amountMinor: 1999 }]);
    for (let times = 0; times < 2; times++) {
      const { body } = await ask('POST', '/sales/late/refunds', { payment: reference });
      expect(body).toEqual({ kind: 'refunded', reason: 'late' });
    }
    const [done] = (await ask('GET', '/sales/late/refunds')).body['refunds'];
    expect(done).toMatchObject({ refundedAtEpochMs: expect.any(Number) });
    const unknown = await ask('POST', '/sales/late/refunds', { payment: 'pay_unknown' });
    expect([unknown.status, unknown.body['reason']]).toEqual([409, 'unknown']);
    expect((await ask('GET', '/sales/late/report')).body).toEqual({});
  });

  test('closes for good', async () => {
    await scene.publishBare({ id: 'brief' });
    expect((await ask('POST', '/sales/brief/close')).body).toMatchObject({ kind: 'closed' });
    const paused = await ask('POST', '/sales/brief/pause');
    expect([paused.status, paused.body['reason']]).toEqual([409, 'closed']);
  });
});
