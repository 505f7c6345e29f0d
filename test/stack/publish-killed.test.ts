/**
 * Publishing, killed before and after each call that it makes, and repeated: every store holds what it holds where nothing
 * went wrong. Nothing is there twice.
 */

import { ScanCommand } from '@aws-sdk/client-dynamodb';
import { GetObjectCommand, ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';
import {
  GetScheduleCommand,
  ListSchedulesCommand,
  SchedulerClient,
} from '@aws-sdk/client-scheduler';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Deployment, deployment, outputsFrom } from '../../adapters/deployment.ts';
import { attributesOf } from '../../adapters/dynamo-item.ts';
import { publish } from '../../domain/publish.ts';
import { putProduct } from '../../domain/put-product.ts';
import type { Sale } from '../../domain/sale.ts';
import { aSale, MINUTE_MS, type Scene, startScene } from './scene.ts';

/** As many letters as the other: names compare once one is written for the other. */
const nameOf = (number: number): string => `case-${String(number).padStart(3, '0')}`;

let scene: Scene;
let now: number;
let cases = 0;

beforeAll(async () => {
  scene = await startScene();
  now = scene.stack.clock.now();
}, 60_000);

afterAll(() => scene?.stop());

type Killing = { readonly nth: number; readonly when: 'before' | 'after' };

/** A deployment whose calls are counted, and one of them killed. Its clock stands, and its secrets are no secrets. */
function publisher(killing?: Killing) {
  const state = { calls: 0, secrets: 0 };
  type Handle = (request: object) => Promise<unknown>;
  const { requestHandler, ...others } = scene.stack.clientOverrides as {
    requestHandler: { readonly handle: Handle };
  };
  const handle: Handle = async (request) => {
    const isIt = ++state.calls === killing?.nth;
    if (isIt && killing?.when === 'before') throw new Error('killed');
    const answer = await requestHandler.handle(request);
    if (isIt) throw new Error('killed');
    return answer;
  };
  const client = { ...others, maxAttempts: 1, requestHandler: { ...requestHandler, handle } };
  const { awsUrl: endpoint, outputs } = scene.stack;
  const world: Deployment = {
    ...deployment(outputsFrom(outputs), { endpoint, clock: () => now, client }),
    secret: () => `secret-${++state.secrets}`,
  };
  return { world, state };
}

/** Two shards, no shards, and units of a product. */
const saleOf = (id: string): Sale => {
  const times = { opensAt: now + 60 * MINUTE_MS, closesAt: now + 120 * MINUTE_MS };
  const items = [
    { units: 50 },
    { sku: 'song', units: 'unlimited' as const },
    { sku: `product-${id}`, units: 7, fromProduct: true as const },
  ];
  return aSale(now, { id, ...times, items });
};

async function prepared(): Promise<string> {
  const id = nameOf(++cases);
  const product = { sku: `product-${id}`, name: 'Product', price: 1999, currency: 'EUR', total: 9 };
  await putProduct(scene.deployment.store, product);
  return id;
}

/** Everything that names the sale, in every store, with the name itself left out. */
async function traces(id: string): Promise<readonly string[]> {
  const all = [
    ...(await items()),
    ...(await schedules(id)),
    await edgeEntry(id),
    ...(await files(id)),
  ];
  return all
    .filter((text) => text.includes(id))
    .map((text) => text.replaceAll(id, 'ID'))
    .sort();
}

async function items(): Promise<readonly string[]> {
  const { db, tables } = scene.deployment;
  const found = await Promise.all(
    Object.values(tables).map((TableName) => db.send(new ScanCommand({ TableName }))),
  );
  return found.flatMap(({ Items = [] }) =>
    Items.map((item) => JSON.stringify([item['pk'], item['sk'], attributesOf(item)], sorted)),
  );
}

/** Sets as lists, and members in order. */
const sorted = (_: string, value: unknown): unknown => {
  if (value instanceof Set) return [...value].sort();
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
};

async function schedules(id: string): Promise<readonly string[]> {
  const client = new SchedulerClient(scene.deployment.settings);
  const GroupName = scene.deployment.outputs.ScheduleGroup;
  const { Schedules = [] } = await client.send(new ListSchedulesCommand({ GroupName }));
  // Those of the scene's own sale come and go meanwhile.
  const ours = Schedules.filter(({ Name = '' }) => Name.includes(id));
  return Promise.all(
    ours.map(async ({ Name }) => {
      const { CreationDate, LastModificationDate, $metadata, ...schedule } = await client.send(
        new GetScheduleCommand({ GroupName, Name }),
      );
      return JSON.stringify(schedule, sorted);
    }),
  );
}

const edgeEntry = async (id: string): Promise<string> =>
  JSON.stringify([id, await scene.deployment.edge.entry(`sale/${id}`)]);

async function files(id: string): Promise<readonly string[]> {
  const client = new S3Client({ ...scene.deployment.settings, forcePathStyle: true });
  const Bucket = scene.deployment.outputs.SiteBucket;
  const { Contents = [] } = await client.send(
    new ListObjectsV2Command({ Bucket, Prefix: 'sales/' }),
  );
  const texts = await Promise.all(
    Contents.map(async ({ Key = '' }) => {
      const { Body } = await client.send(new GetObjectCommand({ Bucket, Key }));
      return [Key, (await Body?.transformToString()) ?? ''] as const;
    }),
  );
  return texts.map(
    ([key, text]) => `${key} ${key.endsWith('index.json') ? lineOf(text, id) : text}`,
  );
}

/** The list of sales grows from case to case: what it says of one. */
function lineOf(text: string, id: string): string {
  const { sales } = JSON.parse(text) as { sales: readonly { readonly id: string }[] };
  return JSON.stringify(sales.filter((sale) => sale.id === id));
}

describe('publishing', () => {
  test.each(['before', 'after'] as const)(
    'leaves every store as if nothing had been, killed %s any of its calls and repeated',
    async (when) => {
      const whole = await prepared();
      const undisturbed = publisher();
      expect(await publish(undisturbed.world, saleOf(whole))).toMatchObject({ kind: 'published' });
      const wanted = await traces(whole);
      const { calls } = undisturbed.state;
      // Catalogue, product, shards, statuses, six schedules, the edge, and four files.
      expect(calls).toBeGreaterThan(20);
      for (let nth = 1; nth <= calls; nth++) {
        const id = await prepared();
        const sale = saleOf(id);
        const { world } = publisher({ nth, when });
        await expect(publish(world, sale)).rejects.toThrow('killed');
        expect(await publish(publisher().world, sale)).toMatchObject({ kind: 'published' });
        expect([nth, await traces(id)]).toEqual([nth, wanted]);
      }
    },
    120_000,
  );

  test('changes nothing where it is repeated without a crash', async () => {
    const id = await prepared();
    await publish(publisher().world, saleOf(id));
    const before = await traces(id);
    await publish(publisher().world, saleOf(id));
    expect(await traces(id)).toEqual(before);
    expect(before.length).toBeGreaterThan(15);
  });
});
