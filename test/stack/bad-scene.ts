/** @module A sale to send bad requests to, and the scrap that they are made of. */

import type { Scrap } from './bad-requests.ts';
import { type Scene, startScene } from './scene.ts';

/** A stack with the sale `bad`, before its opening. */
export const startBadScene = (): Promise<Scene> =>
  startScene({
    ...{ id: 'bad', items: [{ units: 100, limit: 3 }] },
    // A ticket outlives the slowest machine.
    admission: { expectedShoppers: 0, perSecond: 250, difficulty: 0, ticketSeconds: 600 },
  });

/** Two shoppers enter and buy; what they have is what others would like to have. */
export async function scrapOf(scene: Scene): Promise<Scrap> {
  const [shopper, other] = [await scene.enter(), await scene.enter()];
  const [orderId, otherOrderId] = [await shopper.order('bad'), await other.order('bad')];
  const { cookie } = shopper;
  const json = Buffer.from(cookie.split('.')[1] ?? '', 'base64url').toString();
  return {
    keys: await scene.deployment.signingKeys(),
    now: scene.stack.clock.now(),
    ...{ cookie, orderId, otherOrderId, shopper: JSON.parse(json).u },
    ticket: await shopper.ticket('bad'),
    otherTicket: await other.ticket('bad'),
    doorKey: (await scene.doorKey('bad')) ?? '',
  };
}
