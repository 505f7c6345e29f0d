import { runInNewContext } from 'node:vm';
import { describe, expect, test } from '@jest/globals';
import {
  putEnded,
  putFlagAt,
  putList,
  putSale,
  putSlots,
  putStarted,
  putWaiting,
} from '../../adapters/site-bucket.ts';
import { publicSlots } from '../../adapters/slots.ts';
import type { PublishedSale } from '../../domain/sale.ts';
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

describe('putWaiting()', () => {
  const failing = (status: number) =>
    fakeClient(() => {
      throw Object.assign(new Error('refused'), { $metadata: { httpStatusCode: status } });
    }).client;

  test('puts a flag where there is none', async () => {
    expect(await putBy((s3) => putWaiting(s3, 'Site', SALE))).toMatchObject({ IfNoneMatch: '*' });
  });

  test.each([412, 409])('leaves the flag that is there: %d', async (status) => {
    await expect(putWaiting(failing(status), 'Site', SALE)).resolves.toBeUndefined();
  });

  test.each([403, 503])('fails where S3 fails: %d', async (status) => {
    await expect(putWaiting(failing(status), 'Site', SALE)).rejects.toThrow('refused');
  });
});

describe('putFlagAt()', () => {
  test.each([
    ['just before the opening', SALE.opensAt - 1, { saleStarted: false }, '*'],
    ['at the opening', SALE.opensAt, { saleStarted: true }, undefined],
    ['just before the closing', SALE.closesAt - 1, { saleStarted: true }, undefined],
    ['at the closing', SALE.closesAt, { saleStarted: false, saleEnded: true }, undefined],
  ])('puts what is right %s', async (_, now, flag, condition) => {
    const put = await putBy((s3) => putFlagAt(s3, 'Site', SALE, now));
    expect(flagOf(put)).toMatchObject(flag);
    expect(put['IfNoneMatch']).toBe(condition);
  });
});

describe('putFlagAt() of a sale that was closed before it opened', () => {
  test('says that it is over, although it never opened', async () => {
    const never = { ...SALE, closesAt: SALE.opensAt - 10, plannedClosesAt: SALE.closesAt };
    const put = await putBy((s3) => putFlagAt(s3, 'Site', never, SALE.opensAt - 10));
    expect(flagOf(put)).toMatchObject({ saleEnded: true });
    const before = await putBy((s3) => putFlagAt(s3, 'Site', never, SALE.opensAt - 11));
    expect(flagOf(before)).toMatchObject({ saleStarted: false });
  });
});

describe('putSale()', () => {
  test('says the closing as it is now, and nothing of how it came to be', async () => {
    const moved = { ...SALE, closesAt: SALE.closesAt + 1, plannedClosesAt: SALE.closesAt };
    const put = await putBy((s3) => putSale(s3, 'Site', moved));
    const data = JSON.parse(put['Body'] ?? '');
    expect(data['closesAtEpochMs']).toBe(SALE.closesAt + 1);
    expect(Object.keys(data).filter((name) => /closes|closed/.test(name))).toHaveLength(1);
  });

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
      ...{ paymentWindowSeconds: 900, afterExpiry: 'allow', slotWidthMs: 0 },
      admission: { expectedShoppers: 0, perSecond: 250 },
      items: [
        {
          ...{ sku: 'lamp', name: 'Lamp', units: 10, image: '/lamp.jpg' },
          ...{ priceMinor: 1999, limitPerShopper: 1 },
        },
      ],
    });
  });
});

describe('putSale() of a sale that lets in only some', () => {
  const dataOf = async (changes: Partial<PublishedSale>) => {
    const put = await putBy((s3) => putSale(s3, 'Site', aPublishedSale(changes)));
    return JSON.parse(put['Body'] ?? '');
  };

  test('says what a shopper must bring, and not what the code is compared with', async () => {
    const access = {
      ...{ codeSha256: 'a'.repeat(64), captcha: true, memberships: ['gold'] },
      ...{ accountAgeDays: 30, countries: ['DE'] },
    };
    expect((await dataOf({ access })).access).toEqual({
      ...{ code: true, captcha: true, memberships: ['gold'] },
      ...{ accountAgeDays: 30, countries: ['DE'] },
    });
    expect((await dataOf({ access: { captcha: false } })).access).toEqual({});
    expect(await dataOf({})).not.toHaveProperty('access');
  });

  test('says that there are challenges and slots, where there are', async () => {
    const admission = { expectedShoppers: 100, perSecond: 10, difficulty: 1, ticketSeconds: 10 };
    expect(await dataOf({ admission })).toMatchObject({ challenge: true, slotWidthMs: 10_000 });
    const none = await dataOf({ admission: { ...admission, difficulty: 0 } });
    expect(none).not.toHaveProperty('challenge');
  });

  test('says nothing of what changes while it runs', async () => {
    const since = { paused: true, slotsFrom: 1, slotEpochs: [1], publicValue: 'x' } as const;
    expect(await dataOf(since)).toEqual(await dataOf({}));
  });
});

describe('putSlots()', () => {
  test('puts what is public of the slots, and the seed only once the sale is over', async () => {
    const at = (now: number) => putBy((s3) => putSlots(s3, 'Site', SALE, now));
    const before = await at(SALE.closesAt - 1);
    expect(before).toMatchObject({
      ...{ Key: 'sales/night/slots.json', ContentType: 'application/json' },
      CacheControl: 'public, max-age=1',
    });
    expect(JSON.parse(before['Body'] ?? '')).toEqual(publicSlots(SALE, SALE.closesAt - 1));
    expect(before['Body']).toContain('"seed":null');
    expect((await at(SALE.closesAt))['Body']).toContain('"seed":"seed"');
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
