/** @module Laws of products: sales never take more than there is, and lose nothing, wherever they are cut short. */

import { deepEqual, equal, ok } from 'node:assert/strict';
import fc from 'fast-check';
import { findSale } from '../../domain/catalogue.ts';
import { restock } from '../../domain/grant.ts';
import type { Status } from '../../domain/items.ts';
import { asPlanned, type PlannedSale } from '../../domain/planned-sale.ts';
import type { Store } from '../../domain/ports.ts';
import { plainSale } from '../../domain/publish.ts';
import { type PublishPlannedWorld, publishPlanned } from '../../domain/publish-planned.ts';
import { putProduct } from '../../domain/put-product.ts';
import { returnPlanned } from '../../domain/return-unsold.ts';
import { readStatus } from '../../domain/status.ts';
import { stopsAfter } from '../domain/claim-builders.ts';
import { aPlannedSale, aProduct, aPublishingPlace, productAt } from '../support/catalogue.ts';
import { type Law, law } from './law.ts';

const SKUS = ['lamp', 'sofa'] as const;
const SALES = ['day', 'night', 'dawn'] as const;

/** Something that an operator does; after so many writes it is cut short. */
type Deed = {
  readonly what: 'publish' | 'restock' | 'import';
  readonly saleId: (typeof SALES)[number];
  readonly sku: (typeof SKUS)[number];
  readonly units: number;
  /** Of the other product, which only some sales are made of. */
  readonly others: number;
  readonly writes: number;
};

const deeds: fc.Arbitrary<readonly Deed[]> = fc.array(
  fc.record({
    what: fc.constantFrom('publish', 'publish', 'restock', 'import'),
    saleId: fc.constantFrom(...SALES),
    sku: fc.constantFrom(...SKUS),
    units: fc.integer({ min: 1, max: 60 }),
    others: fc.nat({ max: 30 }),
    writes: fc.oneof(fc.nat({ max: 9 }), fc.constant(1000)),
  }),
  { minLength: 1, maxLength: 12 },
);

const queue = { send: async () => {} };

function saleOf({ saleId, sku, units, others }: Deed): PlannedSale {
  const other = SKUS.find((one) => one !== sku) ?? sku;
  const items = [
    { product: sku, units, limit: 1 },
    ...(others > 0 ? [{ product: other, units: others, limit: 1 }] : []),
  ];
  return aPlannedSale({ id: saleId, items });
}

async function perform(world: PublishPlannedWorld, deed: Deed): Promise<void> {
  const { what, saleId, sku, units } = deed;
  if (what === 'publish') await publishPlanned(world, saleOf(deed));
  else if (what === 'import') await putProduct(world.store, aProduct({ sku, total: units }));
  else {
    const next = ((await readStatus(world.store, { saleId, sku }))?.grants ?? 0) + 1;
    await restock({ store: world.store, queue }, { saleId, sku }, next, units, 0);
  }
}

/** What is taken is what is written down, and no more than there is; what is for sale was taken. */
async function holds({ store }: PublishPlannedWorld): Promise<void> {
  for (const sku of SKUS) {
    const { total, allocated, granted, planned } = await productAt(store, sku);
    const sum = [...Object.values(granted), ...Object.values(planned)].reduce((a, b) => a + b, 0);
    equal(allocated, sum);
    ok(allocated <= Number(total), `${allocated} of ${total} are taken`);
    for (const saleId of SALES) {
      const status = await readStatus(store, { saleId, sku });
      ok((status?.cap ?? 0) <= grantsOf(granted, saleId), `"${saleId}" sells what it never took`);
    }
  }
}

const grantsOf = (granted: Readonly<Record<string, number>>, saleId: string): number =>
  Object.entries(granted)
    .filter(([name]) => name.startsWith(`${saleId}#`))
    .reduce((sum, [, units]) => sum + units, 0);

/** What operators do when something was cut short: the same once more, or they give it up. */
async function recover(world: PublishPlannedWorld): Promise<void> {
  for (const saleId of SALES) {
    const published = await findSale(world.store, saleId);
    if (published) {
      const again = () => publishPlanned(world, asPlanned(plainSale(published)));
      // Of two sales of one id that are published at once, the loser may have let go what the winner then lacks.
      if ((await again()).kind === 'short') await bringMore(world);
      equal((await again()).kind, 'published');
      for (const { sku } of published.items) await finishRestock(world, saleId, sku);
    } else await returnPlanned(world, saleId);
  }
}

async function bringMore({ store }: PublishPlannedWorld): Promise<void> {
  for (const sku of SKUS) await putProduct(store, aProduct({ sku, total: PLENTY }));
}

async function finishRestock(world: PublishPlannedWorld, saleId: string, sku: string) {
  const next = ((await readStatus(world.store, { saleId, sku }))?.grants ?? 0) + 1;
  const units = (await productAt(world.store, sku)).granted[`${saleId}#${next}`];
  if (units === undefined) return;
  const done = await restock({ store: world.store, queue }, { saleId, sku }, next, units, 0);
  equal(done.kind, 'granted');
}

const PLENTY = 10_000;

/** Operators at once. */
const AT_ONCE = 4;

/** A store that does one thing at a time, whose order somebody else decides. */
const takingTurns = ({ read, write }: Store, turn: () => Promise<void>): Store => ({
  async read(keys) {
    await turn();
    return read(keys);
  },
  async write(one) {
    await turn();
    return write(one);
  },
});

/** Once everything cut short is finished or given up, each unit taken is one that a sale has. */
async function isWhole(world: PublishPlannedWorld): Promise<void> {
  await recover(world);
  await holds(world);
  for (const sku of SKUS) {
    const { granted, planned } = await productAt(world.store, sku);
    deepEqual(planned, {});
    for (const saleId of SALES) {
      const status: Status | undefined = await readStatus(world.store, { saleId, sku });
      equal(status?.cap ?? 0, grantsOf(granted, saleId));
    }
  }
}

export const allocationLaws: readonly Law[] = [
  law(
    'products: whatever is published, restocked and imported, and cut short anywhere, no more is taken than there is, and none is lost',
    [deeds],
    async (all) => {
      const products = SKUS.map((sku) => aProduct({ sku, total: 80 }));
      const { world } = await aPublishingPlace(...products);
      for (const deed of all) {
        const cut = { ...world, store: stopsAfter(world.store, deed.writes) };
        await perform(cut, deed).catch((error: Error) => {
          equal(error.message, 'the function stopped');
        });
        await holds(world);
      }
      await isWhole(world);
    },
    0.2,
  ),
  law(
    'products: whoever publishes, restocks and imports at the same time, no more is taken than there is, and none is lost',
    [deeds, fc.scheduler()],
    async (all, scheduler) => {
      const products = SKUS.map((sku) => aProduct({ sku, total: 80 }));
      const { world } = await aPublishingPlace(...products);
      const turns = takingTurns(world.store, () => scheduler.schedule(Promise.resolve()));
      const together = all
        .slice(0, AT_ONCE)
        .map(({ writes, ...deed }) =>
          perform({ ...world, store: stopsAfter(turns, writes) }, { writes, ...deed }).catch(
            (error: Error) => equal(error.message, 'the function stopped'),
          ),
        );
      await scheduler.waitFor(Promise.all(together));
      await holds(world);
      await isWhole(world);
    },
    0.2,
  ),
];
