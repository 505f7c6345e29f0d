/** @module Buyers whose slot has come: a session and a ticket each, signed here as the gate signs them. */

import { randomBytes } from 'node:crypto';
import type { Deployment } from '../adapters/deployment.ts';
import { sign } from '../adapters/hmac.ts';
import type { SecretValues } from '../adapters/secrets.ts';
import type { PublishedSale } from '../domain/sale.ts';
import type { Clock } from '../local/clock.ts';
import { requestText } from './asker.ts';

const HOUR_MS = 3_600_000;

/** What a browser sends besides. */
const BROWSER = {
  'user-agent': 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0',
  accept: '*/*',
  'accept-language': 'en',
  'accept-encoding': 'gzip, deflate, br',
};

/** Where a sale is sold: a local sale is one. */
type Shop = {
  readonly deployment: Pick<Deployment, 'signingKeys'>;
  readonly sale: PublishedSale;
  readonly stack: { readonly clock: Pick<Clock, 'now'> };
};

/** Presses of Buy, each by another shopper, as they go over the wire. */
export async function presses({ deployment, sale, stack }: Shop, count: number): Promise<string[]> {
  const keys = await deployment.signingKeys();
  const now = stack.clock.now();
  const path = `/api/sales/${sale.id}/${sale.doorKey}/orders?sku=${sale.items[0]?.sku}`;
  return Array.from({ length: count }, () => press(keys, sale.id, path, now));
}

function press(keys: SecretValues, saleId: string, path: string, now: number): string {
  const shopper = `g-${randomBytes(16).toString('base64url')}`;
  const transaction = randomBytes(16).toString('base64url');
  const expires = Math.ceil((now + 2 * HOUR_MS) / 1000);
  const session = sign(keys, 'session', { u: shopper, t: transaction, e: expires });
  const ticket = sign(keys, 'ticket', { s: saleId, f: 0, e: now + HOUR_MS }, shopper);
  return requestText('POST', path, {
    ...BROWSER,
    'x-device': 'd'.repeat(22),
    cookie: `fs_session=${session}`,
    'x-ticket': ticket,
  });
}
