/** @module How an invocation ends, as its caller sees it. */

export type Outcome =
  | { readonly kind: 'returned'; readonly value: unknown }
  /** The handler threw. */
  | { readonly kind: 'failed'; readonly type: string; readonly message: string }
  /** The environment ended: killed, or it exited. */
  | { readonly kind: 'crashed'; readonly message: string }
  | { readonly kind: 'timed-out'; readonly message: string }
  /** Reserved concurrency is used up: nothing ran. */
  | { readonly kind: 'throttled' };
