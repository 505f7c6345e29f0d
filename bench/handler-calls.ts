/** @module What calls of AWS a number of presses must have made: whoever makes others is not compared. */

import type { Press } from './handler-shop.ts';

/** Of a win: claim, hold, confirm, and the message. Of a reject: nothing. */
const CALLS: Readonly<Record<Press, Readonly<Record<string, number>>>> = {
  win: { PutItem: 1, UpdateItem: 2, SendMessage: 1 },
  late: { PutItem: 0, UpdateItem: 0, SendMessage: 0 },
};

/**
 * @param before how often each operation had been called when the presses began
 * @throws {Error} naming the operation that was called less often than the presses take, or for nothing
 */
export function checkCalls(
  press: Press,
  presses: number,
  before: ReadonlyMap<string, number>,
  after: ReadonlyMap<string, number>,
): void {
  for (const [operation, each] of Object.entries(CALLS[press])) {
    const calls = (after.get(operation) ?? 0) - (before.get(operation) ?? 0);
    // A machine that is busy with something else lets a call time out now and then: it is made again.
    const isRight = each === 0 ? calls === 0 : calls >= presses * each;
    if (isRight) continue;
    throw new Error(
      `Cannot measure: ${presses} presses made ${calls} calls of ${operation} in place of ${presses * each}`,
    );
  }
}
