/** @module Where faults strike: one stack, with a sale that has room for everybody, and sales of a case's own. */

import type { Sale } from '../../domain/sale.ts';
import { type Issuer, startIssuer } from '../stack/issuer.ts';
import { type Office, openOffice } from '../stack/office.ts';
import { aSale, MINUTE_MS, type SaleChanges, type Scene, startScene } from '../stack/scene.ts';
import type { Reply, Shopper } from '../support/shopper.ts';

/** What the site is called at the issuer. */
export const AUDIENCE = 'the-shop';

/** Environments that are kept ready: some, so that the function that asks for them has something to do. */
const MOST_WARM = '2';

/** Room for more shoppers than there are cases, in fewer shards than make a sweep fan out. */
const ROOMY: SaleChanges = { id: 'roomy', items: [{ units: 7900 }] };

/** A sale that is open, and the way in. */
export type Selling = { readonly id: string; readonly doorKey: string };

export type Stage = {
  readonly scene: Scene;
  readonly issuer: Issuer;
  readonly office: Office;
  /** Made when it is first asked for: each sweep of it costs time. */
  roomy(): Promise<Selling>;
  /** A number that was not given before. */
  number(): number;
  stop(): Promise<void>;
};

/** What one case stands on: it knows which shoppers and sales are its own. */
export type Ground = Stage & {
  /** What the shoppers' cookies say of who they are. */
  readonly shoppers: Set<string>;
  readonly sales: Set<string>;
  enter(): Promise<Shopper>;
  /** The sale that cases share. */
  common(): Promise<Selling>;
  /** A sale of its own, open at once, to which nothing happens by itself. */
  sale(changes?: SaleChanges): Promise<Selling>;
};

/** Starts the stack, and lets the sale that it begins with come to its end: nothing happens by itself from then on. */
export async function startStage(options: Parameters<typeof startScene>[1] = {}): Promise<Stage> {
  const issuer = await startIssuer();
  const office = await openOffice(issuer);
  const shoppers = { OidcIssuer: issuer.url, OidcAudience: AUDIENCE };
  const parameters = { ...shoppers, ...office.parameters, MostWarm: MOST_WARM };
  const idle = { id: 'idle', closesAt: Date.now() + 8000, paymentWindow: 60 };
  const scene = await startScene(idle, {
    ...{ requestsPerEnvironment: 1, parameters },
    ...options,
  });
  await scene.stack.clock.advance(40 * MINUTE_MS);
  let roomy: Promise<Selling> | undefined;
  let last = 0;
  return {
    scene,
    issuer,
    office,
    roomy() {
      roomy ??= openSale(scene, ROOMY);
      return roomy;
    },
    number: () => ++last,
    async stop() {
      await scene.stop();
      await issuer.stop();
    },
  };
}

const WEEK_MS = 7 * 24 * 60 * MINUTE_MS;

/** Ground for one case. */
export function groundOn(stage: Stage): Ground {
  const shoppers = new Set<string>();
  const sales = new Set<string>();
  const note = (sale: Selling) => {
    sales.add(sale.id);
    return sale;
  };
  return {
    ...stage,
    shoppers,
    sales,
    async enter() {
      const shopper = await stage.scene.enter();
      shoppers.add(shopper.cookie);
      return shopper;
    },
    common: async () => note(await stage.roomy()),
    sale: async (changes = {}) =>
      note(await openSale(stage.scene, { ...changes, id: `own-${stage.number()}` })),
  };
}

/** Unless it says otherwise it lasts longer than everything: its closing heals nothing. */
async function openSale(scene: Scene, changes: SaleChanges): Promise<Selling> {
  const now = scene.stack.clock.now();
  const times = { opensAt: now - 1000, closesAt: now + WEEK_MS };
  const { id, doorKey } = await scene.publishBare({ ...times, ...changes });
  return { id, doorKey };
}

/** A sale with its schedules, which opens in some seconds. */
export const publishWhole = async (
  { scene, number }: Stage,
  changes: SaleChanges,
): Promise<Selling & Pick<Sale, 'opensAt' | 'closesAt'>> =>
  scene.publish({ ...aSale(scene.stack.clock.now(), changes), id: `whole-${number()}` });

/** What says that nothing was decided. */
const UNDECIDED: ReadonlySet<number> = new Set([429, 503]);

/** Tries before a client that was never answered is a finding. */
const MOST_TRIES = 8;

/**
 * Asks again, as a client does, until it is decided.
 *
 * @throws {Error} where the answer is another than those that were wanted
 */
export async function insist(
  { scene: { stack } }: Stage,
  ask: () => Promise<Reply>,
  ...wanted: readonly number[]
): Promise<Reply> {
  let reply = await ask();
  for (let tries = 1; tries < MOST_TRIES && UNDECIDED.has(reply.status); tries++) {
    if (wanted.includes(reply.status)) break;
    await stack.clock.advance(1100);
    reply = await ask();
  }
  if (wanted.includes(reply.status)) return reply;
  throw new Error(`Wanted ${wanted.join(' or ')}: got ${reply.status} ${reply.text}`);
}
