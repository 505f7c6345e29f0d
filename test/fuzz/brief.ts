/** @module What passes between the scene and the generator in Python: a brief one way, lines of JSON the other. */

/** A sale that requests go to. */
export type FuzzedSale = {
  readonly id: string;
  /** Also of a sale that has not opened: the wrong time is to be met with the right key. */
  readonly doorKey: string;
  readonly skus: readonly string[];
  /** Whether its ticket wants a solved challenge. */
  readonly puzzle?: boolean;
  /** The announced code, where its ticket wants one. */
  readonly code?: string;
};

/** `site`: the whole way, through the gate. `around`: straight at the API, with CloudFront's keys. */
export type Side = 'site' | 'around';

export type Brief = {
  readonly side: Side;
  readonly document: string;
  /** Host and port that requests go to. */
  readonly base: string;
  /** Host and port that good values are got from. */
  readonly site: string;
  /** `METHOD /path` as in the document. */
  readonly operations: readonly string[];
  readonly requests: number;
  readonly seed: number;
  /** What an operation must have in its name. */
  readonly only: string;
  /** By how many ms the stack's clock is ahead of the machine's. */
  readonly aheadMs: number;
  /** The first is open to everybody. */
  readonly sales: readonly FuzzedSale[];
  readonly paymentKey: string;
  readonly idTokens: readonly string[];
  /** The session of a shopper whose order was not paid in time, in the sale that gives no second chance. */
  readonly expired: string;
};

/** An answer that should not have been, and the request. */
export type Finding = {
  readonly kind: 'finding';
  readonly side: Side;
  readonly operation: string;
  /** What was broken on purpose; null: nothing. */
  readonly twist: string | null;
  readonly what: string;
  readonly curl: string;
};

export type Count = {
  readonly kind: 'count';
  readonly sent: number;
  /** By `METHOD /path status`; `elsewhere status` for methods and paths that were changed. */
  readonly seen: Readonly<Record<string, number>>;
  readonly twists: Readonly<Record<string, number>>;
};
