/** @module Shoppers at a place: through CloudFront as browsers come, or with sessions and tickets that the suite mints. */

import { randomBytes } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { Deployment } from '../../adapters/deployment.ts';
import { sign } from '../../adapters/hmac.ts';
import { sessionCookie } from '../../adapters/session.ts';
import { type Mall, openMall, type Reply, type Shopper } from '../support/shopper.ts';
import type { Place } from './place.ts';

/** How shoppers come to a place. */
export type Entrance = {
  /** `CloudFront` or `the API`. */
  readonly name: string;
  /** Where it is. */
  readonly url: string;
  readonly mall: Mall;
  enter(): Promise<Visitor>;
};

export type Visitor = {
  readonly shopper: Shopper;
  /** One press of Buy. */
  press(saleId: string, again?: boolean): Promise<Reply>;
};

/** Real time: nothing here moves a clock. */
const CLOCK = { now: () => Date.now() };

/** The entrances that a place has, the best first. */
export function entrancesOf({ edge, api, deployment }: Place): readonly Entrance[] {
  return [
    ...(edge === undefined ? [] : [throughEdge(edge)]),
    ...(api === undefined ? [] : [throughApi(api, deployment)]),
  ];
}

function throughEdge(url: string): Entrance {
  const mall = openMall({ siteUrl: url, clock: CLOCK });
  return {
    ...{ name: 'CloudFront', url, mall },
    async enter() {
      const shopper = await mall.enter();
      return { shopper, press: (saleId, again = false) => shopper.buy(saleId, { again }) };
    },
  };
}

/** Nobody gives out sessions and tickets here: they are signed with the deployment's own keys, as the gate does. */
function throughApi(url: string, deployment: Deployment): Entrance {
  const mall = openMall({ siteUrl: url, clock: CLOCK });
  return {
    ...{ name: 'the API', url, mall },
    async enter() {
      const keys = await deployment.signingKeys();
      const id = `i-${randomBytes(16).toString('base64url')}`;
      const cookie = sessionCookie(keys, { shopper: id }, Date.now(), false);
      const shopper = mall.shopperWith(cookie.split(';', 1)[0] ?? '');
      const ticket = (saleId: string) =>
        sign(keys, 'ticket', { s: saleId, f: 0, e: Date.now() + 60_000 }, id);
      const press = (saleId: string, again = false) =>
        shopper.buy(saleId, { again, ticket: ticket(saleId) });
      return { shopper, press };
    },
  };
}

/** What ends a shopper's tries; whatever else comes is tried again. */
const FINAL = new Set([200, 201, 400, 401, 403, 404, 409, 410]);

/** After these there may be an order that the shopper knows nothing of. */
const LOST = new Set([500, 502, 503, 504]);

const MOST_TRIES = 40;

/** Buys as the page does: again while the answer asks for patience. @returns the last answer */
export async function buy({ press }: Visitor, saleId: string): Promise<Reply> {
  let again = false;
  for (let tries = 1; ; tries++) {
    const reply = await press(saleId, again);
    if (FINAL.has(reply.status) || tries === MOST_TRIES) return reply;
    again ||= LOST.has(reply.status);
    await pause(500 + Math.random() * 500);
  }
}
