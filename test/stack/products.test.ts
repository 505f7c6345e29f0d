/** Products as operators and providers bring them, and sales that are made of them, against a stack that runs. */

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { planUnits } from '../../domain/allocation.ts';
import { returnUnsold } from '../../domain/return-unsold.ts';
import { type SaleCommands, saleCommands } from './sale-command.ts';
import { MINUTE_MS, type Scene, startScene } from './scene.ts';

let scene: Scene;
let commands: SaleCommands;
let s3: S3Client;

beforeAll(async () => {
  scene = await startScene();
  commands = saleCommands(scene);
  s3 = new S3Client({ ...scene.stack.clientOverrides, forcePathStyle: true });
}, 120_000);

afterAll(async () => {
  commands?.close();
  await scene?.stop();
});

const sale = (...words: readonly string[]) => commands.sale(...words);

const fileOf = (name: string, content: string) => {
  const file = join(commands.folder, name);
  writeFileSync(file, content);
  return file;
};

/** A sale file whose sale opens soon. */
function saleFile(id: string, items: readonly object[], changes: object = {}) {
  const now = scene.stack.clock.now();
  const content = {
    ...{ id, title: 'Two sizes', currency: 'EUR', admission: { difficulty: 0 }, items },
    opensAt: new Date(now + MINUTE_MS).toISOString(),
    closesAt: new Date(now + 10 * MINUTE_MS).toISOString(),
    ...changes,
  };
  return { content, file: fileOf(`${id}.json`, JSON.stringify(content)) };
}

const productNow = async (sku: string) => {
  const { out } = await sale('products', sku, '--json');
  return JSON.parse(out).products[0];
};

const HEADER = 'sku,name,price,currency,total';

describe('products', () => {
  test('are imported from a file, and again change nothing', async () => {
    const first = await sale('import', 'sales/products.csv', '--yes');
    expect([first.code, first.err]).toEqual([0, '']);
    expect(first.out).toContain('Imported: 4 added, 0 changed, 0 unchanged, 0 refused');
    const again = await sale('import', 'sales/products.csv');
    expect(again).toMatchObject({
      ...{ code: 0, out: 'Imported: 0 added, 0 changed, 4 unchanged, 0 refused\n' },
    });
    expect((await sale('products')).out).toMatch(
      /AURORA-42 +Aurora One, size 42 +129\.00 EUR +250 +0 +250 +Northlight/,
    );
    expect((await sale('products', 'NOTHING')).err).toContain('there is no such product');
  }, 120_000);

  test('are refused row by row, with line and reason, and the others kept', async () => {
    const rows = [HEADER, 'BAG,Bag,9.90,EUR,5', 'CAP,Cap,990,EUR,5', 'CAP,Cap,1,EUR,5'];
    const file = fileOf('rows.csv', rows.join('\n'));
    const asked = await sale('import', file);
    expect([asked.code, asked.err]).toEqual([1, expect.stringContaining('there is no terminal')]);
    const { code, err, out } = await sale('import', file, '--yes', '--json');
    expect([code, err]).toEqual([
      1,
      `${file}:2 "BAG" price is 9.9: it must be an integer of 0 or more, in minor units: 12900 for 129.00 (at most 1000000000000)\n${file}:4 "CAP" sku is "CAP": it must be unique in the file: line 3 has it too\n`,
    ]);
    expect(JSON.parse(out)).toMatchObject({
      ...{ added: 1, refused: 2 },
      rows: [{ fate: 'refused' }, { line: 3, sku: 'CAP', fate: 'added' }, { fate: 'refused' }],
    });
    expect((await sale('log')).out).toContain(`import file=${file} rows=3  imported`);
  }, 120_000);

  test('are imported from an object that a provider drops, which finds its report beside it', async () => {
    const Bucket = scene.stack.outputs['ImportsBucket'] ?? '';
    const Key = 'incoming/north light/ü 1.csv';
    const Body = `${HEADER}\nSCARF,Scarf,100,EUR,10\nGLOVE,Glove,x,EUR,10\n`;
    await s3.send(new PutObjectCommand({ Bucket, Key, Body }));
    await scene.stack.settle();
    const reportKey = 'reports/north light/ü 1.csv.json';
    const report = await s3.send(new GetObjectCommand({ Bucket, Key: reportKey }));
    expect(JSON.parse((await report.Body?.transformToString()) ?? '')).toMatchObject({
      ...{ object: Key, added: 1, refused: 1 },
      rows: [
        { line: 2, sku: 'SCARF', fate: 'added' },
        { line: 3, sku: 'GLOVE', fate: 'refused', faults: [{ path: 'price', value: 'x' }] },
      ],
    });
    expect(await productNow('SCARF')).toMatchObject({ total: 10, free: 10 });
    // The report was an object of the bucket too: nothing came of it.
    expect(scene.stack.requests.functions['Import']).toMatchObject({ invocations: 1 });
    expect((await sale('log')).out).toContain(
      `import rows=2  imported  000000000000 (object ${Key})`,
    );
  }, 120_000);
});

describe('a sale of products', () => {
  test('is drafted, published, restocked and sold, and gives back what it did not sell', async () => {
    const items = [
      { product: 'AURORA-42', units: 50, limit: 2 },
      { sku: 'POSTER', name: 'Poster', price: 900, units: 3 },
    ];
    const { file, content } = saleFile('sizes', items);
    expect((await sale('drafts', 'save', file, '--yes')).out).toContain(
      'Saved: "sizes", version 1',
    );
    const stale = await sale(
      'drafts',
      'save',
      fileOf('x.json', JSON.stringify({ ...content, title: 'X' })),
      '--yes',
    );
    expect([stale.code, stale.err]).toEqual([1, expect.stringContaining('the last version is 1')]);
    expect((await sale('drafts')).out).toContain('version 1: "sizes" opens');
    expect(JSON.parse((await sale('drafts', 'show', 'sizes')).out)).toMatchObject({ items });
    expect((await sale('check', file)).out).toContain('It can be published.');
    expect(await sale('publish', '--draft', 'sizes', '--yes')).toMatchObject({ code: 0, err: '' });
    expect(await sale('publish', '--draft', 'sizes', '--yes')).toMatchObject({ code: 0, err: '' });
    expect(await sale('publish', file, '--yes')).toMatchObject({ code: 0, err: '' });
    expect((await sale('drafts')).out).toBe('There are no drafts\n');
    expect((await sale('products', 'AURORA-42')).out).toContain('\n  50 in sale "sizes"\n');

    const restocked = await sale('restock', 'sizes', 'AURORA-42', '20', '--yes');
    const again = 'npm run sale -- restock sizes AURORA-42 20 --grant 1';
    expect(restocked.out).toContain(again);
    expect((await sale(...again.split(' ').slice(4), '--yes')).out).toContain('Granted: 20 units');
    const much = await sale('restock', 'sizes', 'AURORA-42', '181', '--yes');
    expect(much.err).toContain('181 units of product "AURORA-42" are wanted, and 180 are free');
    expect(await productNow('AURORA-42')).toMatchObject({ allocated: 70, free: 180 });

    await scene.stack.clock.advance(MINUTE_MS);
    const shopper = await scene.enter();
    const orderId = await shopper.order('sizes', { sku: 'AURORA-42', quantity: 2 });
    await scene.pay(await shopper.token(orderId));
    const early = await sale('return', 'sizes', '--yes');
    expect(early.err).toContain('Cannot return units of "sizes": late payments may buy until');
    await scene.stack.clock.advance(70 * MINUTE_MS);
    await scene.stack.settle();
    const { store, clock } = scene.deployment;
    expect(await returnUnsold(store, 'sizes', clock())).toMatchObject({
      items: [{ sku: 'AURORA-42', sold: 2 }],
    });
    expect(await productNow('AURORA-42')).toMatchObject({ allocated: 2, sold: { sizes: 2 } });
    expect(await scene.broken('sizes')).toEqual({});
  }, 300_000);

  test('gives back, where its publication was given up, what was set aside for it', async () => {
    const { store } = scene.deployment;
    await planUnits(store, { saleId: 'given-up', sku: 'AURORA-43', units: 7 });
    expect((await sale('products', 'AURORA-43')).out).toContain('7 set aside for "given-up"');
    const given = await sale('return', 'given-up', '--yes');
    expect([given.code, given.out]).toEqual([
      0,
      expect.stringContaining('Returned: 7 of AURORA-43, 0 sold'),
    ]);
    expect((await sale('return', 'given-up', '--yes')).out).toContain('Returned: nothing');
  }, 120_000);

  test('that is published says what a file would change, and how to get it', async () => {
    const items = [{ product: 'AURORA-43', units: 10 }];
    const { content, file } = saleFile('fixed', items);
    expect(await sale('publish', file, '--yes')).toMatchObject({ code: 0, err: '' });
    const closesAt = new Date(Date.parse(content.closesAt) + MINUTE_MS).toISOString();
    const changed = { ...content, closesAt, title: 'Other', items: [{ ...items[0], units: 12 }] };
    const { code, err } = await sale(
      'publish',
      fileOf('changed.json', JSON.stringify(changed)),
      '--yes',
    );
    expect([code, err.split('\n').slice(0, -1)]).toEqual([
      1,
      [
        'Cannot publish "fixed": it is published already, and differs',
        '  title is "Two sizes", the file has "Other": it stays as it was published',
        `  closesAt is ${content.closesAt}, the file has ${closesAt}: npm run sale -- extend fixed --until ${closesAt}`,
        '  items[AURORA-43].units is 10, the file has 12: npm run sale -- restock fixed AURORA-43 2',
      ],
    ]);
  }, 120_000);

  test('is refused where products, or the rate of overlapping sales, do not allow it', async () => {
    const short = saleFile('short', [
      { product: 'AURORA-LACES', units: 2001 },
      { product: 'NONE', units: 1 },
    ]);
    const checked = await sale('check', short.file, '--json');
    expect([checked.code, JSON.parse(checked.out)]).toMatchObject([1, { kind: 'impossible' }]);
    expect((await sale('publish', short.file, '--yes')).err).toBe(
      'Cannot publish "short": 2001 units of product "AURORA-LACES" are wanted, and 2000 are free\nCannot publish "short": there is no product "NONE"; import it first\n',
    );
    const admission = { expectedShoppers: 1_000_000, perSecond: 4000, difficulty: 0 };
    const items = [{ product: 'AURORA-43', units: 10 }];
    const crowd = saleFile('crowd', items, { admission });
    expect(await sale('publish', crowd.file, '--yes')).toMatchObject({ code: 0, err: '' });
    const other = saleFile('other', items, { admission });
    const refused = await sale('publish', other.file, '--yes');
    expect(refused.code).toBe(1);
    expect(refused.err).toMatch(/\d+ shoppers a second are let through; the buy path takes 5000/);
    expect(refused.err).toMatch(/"crowd": 4000 a second from .* until /);
    expect((await sale('check', other.file)).out).toContain('some would be throttled');
    const over = await sale('publish', other.file, '--over-limit', '--yes');
    expect([over.code, over.err]).toEqual([0, '']);
  }, 120_000);
});
