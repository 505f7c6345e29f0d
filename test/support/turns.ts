/**
 * @module
 * Interleaves whatever runs: each call of the store, the queue or the provider waits for its turn, and a seeded dice says
 * whose turn it is, and who stops for ever before or after its call took effect.
 */

/** A small seeded generator (mulberry32): numbers in [0, 1). */
function dice(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

export function turns(seed: number, crashes: number) {
  const throwDice = dice(seed);
  const waiting: (() => void)[] = [];
  let crashed = 0;
  const never = () => new Promise<never>(() => {});
  /** Wraps a call so that it waits for its turn, and may be the caller's last. */
  const inTurn =
    <A extends unknown[], T>(call: (...args: A) => Promise<T>) =>
    async (...args: A): Promise<T> => {
      await new Promise<void>((resolve) => waiting.push(resolve));
      const fate = throwDice();
      if (fate < crashes / 2) {
        crashed++;
        return never();
      }
      const value = await call(...args);
      if (fate < crashes) {
        crashed++;
        return never();
      }
      return value;
    };
  return {
    throwDice,
    inTurn,
    crashed: () => crashed,
    /** Wraps each method of a port. */
    port<P extends object>(port: P): P {
      return Object.fromEntries(
        Object.entries(port).map(([name, method]) => [
          name,
          typeof method === 'function' ? inTurn(method.bind(port)) : method,
        ]),
      ) as P;
    },
    /** Gives turns until nobody waits any more. */
    async run() {
      for (;;) {
        await new Promise(setImmediate);
        if (waiting.length === 0) return;
        const [next] = waiting.splice(Math.floor(throwDice() * waiting.length), 1);
        next?.();
      }
    },
  };
}
