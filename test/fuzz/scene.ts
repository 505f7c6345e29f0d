/** @module The stack that is fuzzed: sales that are open, shut in every way there is, and sold out. */

import { createHash } from 'node:crypto';
import { type LocalSale, startLocalSale } from '../../cli/local-sale.ts';
import { pause } from '../../domain/pause.ts';
import { publish } from '../../domain/publish.ts';
import type { PublishedSale } from '../../domain/sale.ts';
import { startIssuer } from '../stack/issuer.ts';
import { aSale, MINUTE_MS, type SaleChanges, SWEPT_MS } from '../stack/scene.ts';
import { openMall } from '../support/shopper.ts';
import type { FuzzedSale } from './brief.ts';
import { type Refunds, startRefunds } from './provider.ts';

/** What a blocked client calls itself. */
const BLOCKED_AGENT = 'fuzzbot';

const CODE = 'SESAME';
const AUDIENCE = 'the-shop';

/** Tickets live through a run, so that a request is late only where it is meant to be. */
const admission = { expectedShoppers: 0, perSecond: 250, difficulty: 0, ticketSeconds: 600 };

const LATER_MS = 90 * MINUTE_MS;

/** Sales besides the first; times are from now. */
const SALES: readonly (SaleChanges & { readonly id: string; readonly opensIn?: number })[] = [
  {
    id: 'scarce',
    items: [
      { sku: 'rare', units: 2 },
      { sku: 'pair', units: 3, limit: 3 },
    ],
  },
  { id: 'puzzle', admission: { ...admission, difficulty: 20 } },
  { id: 'code', access: { codeSha256: sha256(`code.${CODE}`) } },
  { id: 'queue', admission: { ...admission, expectedShoppers: 100_000, perSecond: 20 } },
  { id: 'members', access: { memberships: ['gold'] } },
  { id: 'once', afterExpiry: 'refuse' },
  { id: 'paused' },
  { id: 'closed' },
  { id: 'later', opensIn: LATER_MS },
  { id: 'drawn', opensIn: LATER_MS, draw: { source: 'drand round 7' } },
];

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

export type FuzzScene = {
  readonly local: LocalSale;
  readonly refunds: Refunds;
  readonly sales: readonly PublishedSale[];
  readonly fuzzed: readonly FuzzedSale[];
  readonly idTokens: readonly string[];
  /** See {@link Brief.expired}. */
  readonly expired: string;
  /** What functions and the edge printed, EMF left out. */
  readonly lines: readonly string[];
  stop(): Promise<void>;
};

export async function startFuzzScene(): Promise<FuzzScene> {
  const lines: string[] = [];
  const issuer = await startIssuer();
  const items = [
    { units: 100_000, limit: 3 },
    { sku: 'song', price: 0, units: 'unlimited', limit: 2 } as const,
  ];
  const local = await startLocalSale({
    sale: aSale(Date.now(), { id: 'fuzz', admission, items }),
    parameters: { OidcIssuer: issuer.url, OidcAudience: AUDIENCE },
    log: (line) => lines.push(line),
  });
  const refunds = await startRefunds(local);
  const stop = async () => {
    await refunds.stop();
    await local.stop();
    await issuer.stop();
  };
  try {
    const sales = [local.sale, ...(await publishAll(local))];
    const expired = await becomeOfTime(local);
    const idTokens = await Promise.all(['ada', 'grace'].map((sub) => issuer.token(claims(sub))));
    return { local, refunds, sales, fuzzed: sales.map(fuzzed), idTokens, expired, lines, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function publishAll({ deployment }: LocalSale): Promise<PublishedSale[]> {
  const published: PublishedSale[] = [];
  for (const { opensIn, ...changes } of SALES) {
    const now = deployment.clock();
    const closesAt = now + (changes.id === 'closed' ? 10 : 300) * MINUTE_MS;
    const times = { closesAt, ...(opensIn !== undefined && { opensAt: now + opensIn }) };
    const outcome = await publish(deployment, aSale(now, { admission, ...times, ...changes }));
    if (outcome.kind !== 'published')
      throw new Error(`Cannot publish "${changes.id}": ${outcome.kind}`);
    published.push(outcome.sale);
  }
  return published;
}

/** Lets sales open, one close, an order expire, and somebody pause one. @returns the session that let it expire */
async function becomeOfTime({ stack, deployment }: LocalSale): Promise<string> {
  const mall = openMall(stack);
  try {
    await stack.clock.advance(MINUTE_MS);
    const shopper = await mall.enter();
    await shopper.order('once');
    await stack.clock.advance(SWEPT_MS);
    await pause(deployment, 'paused');
    await deployment.edge.putBlocked({ g: BLOCKED_AGENT });
    return shopper.cookie.slice('fs_session='.length);
  } finally {
    mall.close();
  }
}

const fuzzed = ({ id, doorKey, items, admission: { difficulty }, access }: PublishedSale) => ({
  ...{ id, doorKey, skus: items.map(({ sku }) => sku), puzzle: difficulty > 0 },
  ...(access?.codeSha256 !== undefined && { code: CODE }),
});

function claims(sub: string) {
  const now = Math.floor(Date.now() / 1000);
  return { sub, aud: AUDIENCE, iat: now, nbf: now - 10, exp: now + 3600 };
}
