/** What operators do about money, as it is typed. */

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { orderOf } from '../../domain/order-id.ts';
import { recordKey } from '../../domain/order-record.ts';
import { type MoneyScene, PRICE, startMoneyScene } from './money-scene.ts';
import { type SaleCommands, saleCommands } from './sale-command.ts';

let scene: MoneyScene;
let commands: SaleCommands;

beforeAll(async () => {
  scene = await startMoneyScene();
  commands = saleCommands(scene);
}, 60_000);

afterAll(async () => {
  commands?.close();
  await scene?.stop();
});

describe('refunds that need approval', () => {
  test('wait, are listed, and go back once they are approved', async () => {
    const { token } = await scene.paid('asked');
    const { reference } = await scene.paidAgain(token);
    const isIts = ({ reference: one }: { readonly reference: string }) => one === reference;
    expect(scene.sandbox.undelivered().filter(isIts)).toEqual([]);
    expect(scene.refundsOf(reference)).toEqual([]);
    const listed = await commands.sale('refund', 'asked', '--json');
    expect(JSON.parse(listed.out)).toMatchObject({
      waiting: [{ reference, reason: 'second-payment', amount: PRICE }],
    });
    const asks = await commands.sale('refund', 'asked', reference);
    expect([asks.code, asks.err]).toEqual([1, expect.stringContaining('add --yes to do it')]);
    expect(asks.out).toContain(`19.99 EUR of ${reference} go back (second-payment)`);
    expect(scene.refundsOf(reference)).toEqual([]);
    const approved = await commands.sale('refund', 'asked', reference, '--yes');
    expect([approved.code, approved.err]).toEqual([0, '']);
    expect(scene.refundsOf(reference)).toMatchObject([
      { amountMinor: PRICE, reason: 'second-payment' },
    ]);
    await scene.stack.settle();
    expect(scene.eventsOf('payment.refunded.v1', 'asked')).toMatchObject([{ payment: reference }]);
    expect((await commands.sale('refund', 'asked')).out).toContain('Nothing waits');
    const again = await commands.sale('refund', 'asked', reference, '--yes');
    expect([again.code, scene.refundsOf(reference).length]).toEqual([0, 1]);
  }, 60_000);

  test('survive a provider that does not answer', async () => {
    const { token } = await scene.paid('asked');
    const second = await scene.paidAgain(token);
    const third = await scene.paidAgain(token);
    scene.failRefunds(1, 'executed');
    const failed = await commands.sale('refund', 'asked', '--all', '--yes');
    expect([failed.code, failed.err]).toEqual([1, expect.stringContaining('do it again')]);
    expect((await commands.sale('refund', 'asked', '--all', '--yes')).code).toBe(0);
    for (const { reference } of [second, third]) expect(scene.refundsOf(reference)).toHaveLength(1);
  }, 60_000);

  test('are only those that are to go back', async () => {
    const { reference } = await scene.paid('asked');
    const wrong = await commands.sale('refund', 'asked', reference, '--yes');
    expect([wrong.code, wrong.err]).toEqual([
      1,
      `Cannot refund "${reference}": no payment of this reference is to go back in "asked"\n`,
    ]);
    const nowhere = await commands.sale('refund', 'nowhere');
    expect(nowhere.err).toContain('there is no such sale');
  }, 60_000);
});

describe('the commands after a sale', () => {
  test('reconcile prints what is to be done, and ends with 1 as long as there is', async () => {
    const { reference, token } = await scene.paid('asked');
    const second = await scene.paidAgain(token);
    await scene.later();
    const html = join(commands.folder, 'report.html');
    const { code, out } = await commands.sale('reconcile', 'asked', '--html', html);
    expect(code).toBe(1);
    expect(out).toContain('The books agree to the cent');
    expect(out).toMatch(
      new RegExp(`refund-waiting \\(second-payment\\) +approve.*${second.reference}`),
    );
    expect(out).toMatch(/Report: s3:\/\/.*\/reconciliation\/asked\/20.*\.html/);
    expect(readFileSync(html, 'utf8')).toContain('<title>Reconciliation of');
    await commands.sale('refund', 'asked', '--all', '--yes');
    const done = await commands.sale('reconcile', 'asked', '--json');
    expect([done.code, JSON.parse(done.out)]).toMatchObject([0, { needsAction: 0 }]);
    expect(scene.refundsOf(reference)).toEqual([]);
  }, 60_000);

  test('export writes every order once, and a spreadsheet runs none of it', async () => {
    const orders = await Promise.all(Array.from({ length: 3 }, () => scene.paid('asked')));
    const evil = '=HYPERLINK("http://evil")';
    const parts = orderOf(orders[0]?.orderId ?? '')!;
    const item = recordKey(parts, parts.holder);
    const change = [{ op: 'set' as const, attr: 'payment', value: evil }];
    await scene.deployment.store.write({ item, change });
    const { out, err } = await commands.sale('export', 'asked');
    const [names = '', ...lines] = out.trim().split('\n');
    expect(names).toBe(
      'order_id,sale_id,sku,item,quantity,state,release_reason,price_minor,amount_minor,amount,currency,payment,claimed_at,reserved_at,pay_by,checkout_at,paid_at,released_at,transaction',
    );
    expect(err).toContain(`Exported: ${lines.length} orders of "asked"`);
    for (const { orderId } of orders) {
      expect(lines.filter((line) => line.startsWith(`${orderId},`))).toHaveLength(1);
    }
    expect(lines.find((line) => line.includes('HYPERLINK'))).toContain(`"'=HYPERLINK(""http`);
    const reference = { op: 'set' as const, attr: 'payment', value: orders[0]?.reference ?? '' };
    await scene.deployment.store.write({ item, change: [reference] });
  }, 60_000);

  test('export says who bought only when it is asked to, and that is noted', async () => {
    const { orderId } = await scene.paid('asked');
    const claim = await scene.claim(orderId);
    expect((await commands.sale('export', 'asked')).out).not.toContain(claim?.shopper);
    const file = join(commands.folder, 'orders.jsonl');
    await commands.sale('export', 'asked', '--jsonl', '--with-contact', '--file', file);
    const rows = readFileSync(file, 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    const row = rows.find(({ order_id }) => order_id === orderId);
    expect(row).toMatchObject({ shopper: claim?.shopper, amount: '19.99', amount_minor: PRICE });
    expect(existsSync(`${file}.part`)).toBe(false);
    const { out } = await commands.sale('log', '--sale', 'asked', '--json');
    const { entries } = JSON.parse(out);
    expect(entries).toContainEqual(
      expect.objectContaining({ what: 'export', outcome: 'exported' }),
    );
  }, 60_000);

  test('forget erases who bought, waits for open orders, and logs a hash alone', async () => {
    const { orderId, shopper } = await scene.paid('asked');
    const { shopper: id = '' } = (await scene.claim(orderId)) ?? {};
    const open = await shopper.order('books');
    const first = await commands.sale('forget', id, '--yes', '--json');
    expect([first.code, JSON.parse(first.out)]).toMatchObject([1, { kind: 'open', erased: 1 }]);
    expect(first.err).toContain(`${open} until 20`);
    expect(await scene.claim(orderId)).toMatchObject({ state: 'PAID', shopper: 'forgotten' });
    await shopper.cancel(open);
    await scene.stack.settle();
    const second = await commands.sale('forget', id, '--yes');
    expect([second.code, second.out]).toMatchObject([0, expect.stringContaining('Erased: 1')]);
    expect((await scene.dump()).filter((item) => item.includes(id))).toEqual([]);
    expect((await shopper.look(orderId)).body['status']).toBe('PAID');
    const { out } = await commands.sale('log', '--json');
    expect(out).toContain('"what":"forget"');
    expect(out).not.toContain(id);
    const nobody = await commands.sale('forget', 'ada@example.com', '--yes');
    expect([nobody.code, nobody.err]).toEqual([1, expect.stringContaining('--issuer')]);
  }, 60_000);
});

test('promises are kept, and the books agree in the end', async () => {
  await scene.later();
  await scene.later();
  for (const saleId of ['books', 'asked']) {
    await commands.sale('refund', saleId, '--all', '--yes');
    expect(await scene.reconciled(saleId)).toMatchObject({
      needsAction: 0,
      totals: { difference: 0 },
    });
    expect(await scene.broken(saleId, true)).toEqual({});
  }
}, 60_000);
