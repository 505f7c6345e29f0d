/** @module Dead letters as people read them, and those that they choose. */

import type { Found } from './letters.ts';
import { utc } from './times.ts';

/** The letters, some lines each, and what to do next. */
export function letterLines(found: readonly Found[]): string[] {
  if (found.length === 0) return ['No dead letters'];
  const lines = found.flatMap(({ source, id, what, why, receives, sentAt, isPoison }) => [
    `${source}  ${id}  ${what}`,
    `  sent ${utc(sentAt)}, received ${receives} times`,
    `  ${why}`,
    ...(isPoison ? ['  It would fail again for ever: --discard gives it up.'] : []),
  ]);
  return [...lines, countLine(found)];
}

function countLine(found: readonly Found[]): string {
  const poison = found.filter(({ isPoison }) => isPoison).length;
  const again = found.filter(({ way }) => way !== undefined).length;
  const letters = found.length === 1 ? '1 letter' : `${found.length} letters`;
  return `${letters}: ${again} can be sent again (--all, or --message), ${poison} never can (--discard)`;
}

type Choice = {
  readonly message?: readonly string[];
  readonly all?: true;
  readonly discard?: true;
};

/**
 * Those that are meant.
 *
 * @throws {Error} naming an id that is none, or not one alone, or a letter that cannot be sent
 */
export function choose(
  found: readonly Found[],
  { message, all, discard }: Choice,
): readonly Found[] {
  if (message !== undefined) {
    const chosen = [...new Set(message.map((begin) => theOne(found, begin)))];
    return discard ? chosen : chosen.map(sendable);
  }
  if (all) return found.filter((one) => (discard ? one.isPoison : one.way !== undefined));
  if (discard)
    throw new Error(
      'Cannot discard: say which, with --message, or --all that never can be sent again',
    );
  return [];
}

function theOne(found: readonly Found[], begin: string): Found {
  const [one, ...others] = found.filter(({ id }) => id.startsWith(begin));
  if (one === undefined) throw new Error(`Cannot find letter "${begin}": none begins like that`);
  if (others.length === 0) return one;
  throw new Error(`Cannot tell which letter is "${begin}": ${others.length + 1} begin like that`);
}

function sendable(one: Found): Found {
  if (one.way !== undefined) return one;
  throw new Error(`Cannot send letter ${one.id} again: ${one.why}`);
}
