/** @module Where a buy can stand, and how it can end. */

import type { Ask } from './claim.ts';
import type { Claim } from './items.ts';
import type { Next } from './process.ts';
import type { Release } from './release.ts';

/** The places. */
export type Stage =
  | { readonly at: 'claim'; readonly claim: Claim; readonly old: Claim | undefined }
  | { readonly at: 'hold'; readonly claim: Claim; readonly probes: number }
  | { readonly at: 'move'; readonly claim: Claim; readonly probes: number; readonly to: number }
  | { readonly at: 'give-up'; readonly claim: Claim; readonly probes: number }
  | {
      readonly at: 'confirm';
      readonly claim: Claim;
      readonly probes: number;
      readonly last: boolean;
    }
  | {
      readonly at: 'return';
      readonly claim: Claim;
      readonly probes: number;
      readonly now: Claim | undefined;
    }
  | {
      readonly at: 'count';
      readonly claim: Claim;
      readonly probes: number;
      readonly now: Claim | undefined;
    }
  | { readonly at: 'release'; readonly release: Release }
  | { readonly at: 'send'; readonly claim: Claim; readonly fresh: boolean; readonly last: boolean }
  | { readonly at: 'hint'; readonly claim: Claim; readonly sent: boolean }
  | { readonly at: 'send-again'; readonly claim: Claim };

/** A buy at a certain place. */
export type At<K extends Stage['at']> = { readonly ask: Ask } & Extract<Stage, { readonly at: K }>;

/** A buy in progress. */
export type Buy = { readonly [K in Stage['at']]: At<K> }[Stage['at']];

/** Every way a buy can end. */
export type BuyOutcome =
  /** The order stands; `fresh` when this request made it. `sent`: its message is on the queue, as far as is known. */
  | {
      readonly kind: 'order';
      readonly claim: Claim;
      readonly fresh: boolean;
      readonly sent: boolean;
    }
  | { readonly kind: 'limit-reached' }
  /** The shopper let an order expire, in a sale that gives no second chance. */
  | { readonly kind: 'not-eligible' }
  /** Every shard that the attempt could visit was empty, or too small. */
  | { readonly kind: 'exhausted' }
  /** Nothing was decided: come again. `looked` where as many shards as one request may look at had too few units. */
  | { readonly kind: 'busy'; readonly looked: boolean };

/** Where a buy goes next. */
export type Step = Next<Buy, BuyOutcome>;
