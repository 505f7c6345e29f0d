import { runInNewContext } from 'node:vm';
import { describe, expect, test } from '@jest/globals';
import { putEnded, putList, putSale, putStarted, putWaiting } from '../../adapters/site-bucket.ts';
import { anItem, aPublishedSale } from '../support/sales.ts';
import { fakeClient } from './fake-client.ts';

const SALE = aPublishedSale({ items: [anItem({ image: '/lamp.jpg' })] });
const SECRETS = /door-key-of-the-night|"salt|"seed|publishedAt/;

/** What one put puts. */
async function putBy(put: (s3: never) => Promise<void>) {
  const { client, sent } = fakeClient();
  await put(client);
  expect(sent.map(({ name }) => name)).toEqual(['PutObjectCommand']);
  return sent[0]?.input as Record<string, string>;
}

/** What a flag does to a page that loads it. */
function flagOf({ Body = '' }: Record<string, string>) {
  const window: { flashSale?: unknown } = {};
  runInNewContext(Body, { window });
  return JSON.parse(JSON.stringify(window.flashSale));
}

describe('the flag of a sale', () => {
  test('tells the door key once it has started', async () => {
    const put = await putBy((s3) => putStarted(s3, 'Site', SALE));
    expect(put).toMatchObject({
      ...{ Bucket: 'Site', Key: 'sales/night/sale.js' },
      ContentType: 'text/javascript; charset=utf-8',
    });
    const flag = { saleStarted: true, doorKey: SALE.doorKey, version: 1 };
    expect(flagOf(put)).toEqual(flag);
  });

  test.each([
    ['before', putWaiting, { saleStarted: false }],
    ['after', putEnded, { saleStarted: false, saleEnded: true }],
  ] as const)(
    'tells no door key %s the sale, and is kept a second at most',
    async (_, by, flag) => {
      const put = await putBy((s3) => by(s3, 'Site', SALE));
      expect(flagOf(put)).toEqual(flag);
      expect(put).toMatchObject({ Key: 'sales/night/sale.js', CacheControl: 'public, max-age=1' });
      expect(put['Body']).not.toMatch(SECRETS);
    },
  );
});

describe('putSale()', () => {
  test('says what the page shows, and no secret', async () => {
    const put = await putBy((s3) => putSale(s3, 'Site', SALE));
    expect(put).toMatchObject({
      ...{ Key: 'sales/night/sale.json', ContentType: 'application/json' },
      CacheControl: 'public, max-age=1',
    });
    expect(put['Body']).not.toMatch(SECRETS);
    expect(JSON.parse(put['Body'] ?? '')).toEqual({
      ...{ id: 'night', title: 'Night of the lamps', timeZone: 'UTC', currency: 'EUR' },
      ...{ opensAtEpochMs: SALE.opensAt, closesAtEpochMs: SALE.closesAt },
      ...{ paymentWindowSeconds: 900, admission: SALE.admission, afterExpiry: 'allow' },
      items: [
        {
          ...{ sku: 'lamp', name: 'Lamp', units: 10, image: '/lamp.jpg' },
          ...{ priceMinor: 1999, limitPerShopper: 1 },
        },
      ],
    });
  });
});

describe('putList()', () => {
  test('lists all sales in their order, and no secret', async () => {
    const other = aPublishedSale({ id: 'day' });
    const put = await putBy((s3) => putList(s3, 'Site', [SALE, other]));
    expect(put['Key']).toBe('sales/index.json');
    expect(put['Body']).not.toMatch(SECRETS);
    const { sales } = JSON.parse(put['Body'] ?? '');
    expect(sales.map(({ id }: { id: string }) => id)).toEqual(['night', 'day']);
  });
});
