/** @module One tab at a time: what two tabs of a shopper must not do at once. */

import { sleep } from './waiting.ts';

/** What one tab has kept takes a moment to be seen by another of another process. */
const SEEN_MS = 300;

/**
 * Runs something while no other tab runs it. Where one does, says so and waits for its end; then whatever it has
 * brought is looked at first. Without the Web Locks API it just runs: the shop answers a second buy with the first order.
 */
export async function exclusively(
  name: string,
  onOther: () => void,
  hasOtherDone: () => boolean,
  run: () => Promise<void>,
): Promise<void> {
  if (!navigator.locks) return run();
  const hasRun = await navigator.locks.request(name, { ifAvailable: true }, async (lock) => {
    if (lock) await run();
    return lock !== null;
  });
  if (hasRun) return;
  onOther();
  await navigator.locks.request(name, async () => {
    await sleep(SEEN_MS);
    if (!hasOtherDone()) await run();
  });
}
