/**
 * @module
 * Units in shards, as many who buy at once find them: how many shards are empty when so much is taken, how many looks are
 * in vain, and what hints know of it.
 */

/** Share of shards that are empty once each non-empty one was chosen `taken` times on average. @param holds a shard has */
export function emptyShare(taken: number, holds: number): number {
  const whole = Math.floor(holds);
  const more = holds - whole;
  return (1 - more) * atLeast(whole, taken) + (more === 0 ? 0 : more * atLeast(whole + 1, taken));
}

/** Above that the normal distribution is near enough, by its logistic approximation, and costs no sum. */
const MANY = 200;

/** How probable it is that a Poisson number with a mean is at least so large. */
function atLeast(count: number, mean: number): number {
  if (count > MANY) return 1 / (1 + Math.exp((-1.702 * (mean - count + 0.5)) / Math.sqrt(mean)));
  let term = Math.exp(-mean);
  let below = 0;
  for (let i = 0; i < count; i++) {
    below += term;
    term *= mean / (i + 1);
  }
  return Math.max(0, 1 - below);
}

/** What a request that looks at up to so many shards comes to, where a share of what it may meet is empty. */
export type Looks = {
  /** Probability that one of them had a unit. */
  readonly found: number;
  /** Shards looked at in vain, on average. */
  readonly inVain: number;
};

export function looksAt(looks: number, empty: number): Looks {
  let inVain = 0;
  let still = 1;
  for (let i = 0; i < looks; i++) {
    still *= empty;
    inVain += still;
  }
  return { found: 1 - still, inVain };
}

export type Shards = {
  /** Share of all shards that are empty. */
  empty(): number;
  /** Takes units for so many orders, spread evenly over shards that are not empty. */
  take(orders: number): void;
  /** Puts the units of so many orders back. */
  putBack(orders: number): void;
};

/** @param count of shards @param holds orders that fill one shard */
export function shardsOf(count: number, holds: number): Shards {
  let taken = 0;
  let filled = 0;
  let empty = 0;
  const settle = () => {
    empty = filled >= count * holds - 1e-6 ? 1 : emptyShare(taken, holds);
  };
  return {
    empty: () => empty,
    take(orders) {
      filled += orders;
      taken += orders / (count * Math.max(1e-9, 1 - empty));
      settle();
    },
    putBack(orders) {
      filled = Math.max(0, filled - orders);
      taken = takenFor(filled / count, holds);
      settle();
    },
  };
}

/** How often shards must have been chosen so that so much of each is filled: the other way round of what `take` counts. */
function takenFor(filled: number, holds: number): number {
  let low = 0;
  let high = 4 * holds + 40;
  for (let i = 0; i < 40; i++) {
    const middle = (low + high) / 2;
    if (meanFilled(middle, holds) < filled) low = middle;
    else high = middle;
  }
  return low;
}

/** Orders that a shard holds on average, once chosen `taken` times while it had room. */
function meanFilled(taken: number, holds: number): number {
  if (holds > MANY) return Math.min(taken, holds);
  // As `atLeast` would say for each number of orders, in one pass.
  let term = Math.exp(-taken);
  let below = term;
  let sum = 0;
  for (let i = 1; i <= Math.ceil(holds); i++) {
    sum += Math.min(1, holds - i + 1) * Math.max(0, 1 - below);
    term *= taken / i;
    below += term;
  }
  return sum;
}
