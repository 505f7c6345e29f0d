/** @module One of a crowd in a storm: presses Buy, twice at times, pays, cancels, and comes again. */

import type { Random } from '../../load/random.ts';
import type { Reply, Shopper } from '../support/shopper.ts';
import { buys } from './flow.ts';
import { type Ground, insist, type Selling } from './ground.ts';

/** Answers that end a visit. */
const DECIDED = [200, 201, 403, 409, 410];

export class Visitor {
  private readonly ground: Ground;
  private readonly shopper: Shopper;
  private readonly sale: Selling;
  private readonly chance: Random;
  private orderId: string | undefined;
  private token: string | undefined;
  /** Whether the last answer decided something; nothing before the first. */
  private isDecided: boolean | undefined;

  constructor(ground: Ground, shopper: Shopper, sale: Selling, chance: Random) {
    this.ground = ground;
    this.shopper = shopper;
    this.sale = sale;
    this.chance = chance;
  }

  /** Does what comes next. What goes wrong is left. */
  async act(): Promise<void> {
    const thrown = this.chance();
    if (this.orderId === undefined) return this.press(thrown < 0.3 ? 2 : 1);
    if (this.token === undefined) return this.checkOut(this.orderId);
    if (thrown < 0.25) return this.cancel(this.orderId);
    if (thrown < 0.7) return this.pay(this.token);
    if (thrown < 0.85) return this.press(1);
    // A payment of an order that is cancelled: it comes too late.
    await this.cancel(this.orderId);
    return this.pay(this.token);
  }

  /** Once nothing goes wrong any more: whoever was told nothing asks until they are told. */
  async end(): Promise<void> {
    if (this.isDecided !== false) return;
    await insist(this.ground, buys(this.shopper, this.sale, 1, true), ...DECIDED);
  }

  private async press(clicks: number): Promise<void> {
    const again = this.isDecided === false;
    const click = buys(this.shopper, this.sale, 1, again);
    const replies = await Promise.all(Array.from({ length: clicks }, click));
    this.isDecided = replies.some(({ status }) => DECIDED.includes(status));
    const granted = replies.find(({ body }) => body['orderId'] !== undefined);
    if (granted === undefined) return;
    this.orderId = granted.body['orderId'];
    this.token = undefined;
  }

  private async checkOut(orderId: string): Promise<void> {
    const { body }: Reply = await this.shopper.checkout(orderId);
    const { redirectUrl } = body;
    if (redirectUrl) this.token = new URL(redirectUrl).searchParams.get('token') ?? undefined;
    // What cannot be paid any more is left, and another bought.
    else this.orderId = undefined;
  }

  private async cancel(orderId: string): Promise<void> {
    await this.shopper.cancel(orderId);
  }

  /** The provider tells of it by itself; now and then twice. A token that has expired pays nothing. */
  private async pay(token: string): Promise<void> {
    const { sandbox } = this.ground.scene;
    const isGood = JSON.parse(Buffer.from(token.split('.')[0] ?? '', 'base64url').toString());
    if (isGood.expiresEpochMs <= this.ground.scene.stack.clock.now()) return;
    const { reference } = sandbox.pay(token, { forceNew: this.chance() < 0.1 });
    if (this.chance() < 0.4) await sandbox.redeliver(reference, 2);
    this.token = undefined;
    this.orderId = undefined;
  }
}
