/** @module The proof of work, as the page does it: numbers are tried until one gives the challenge. */

import { createHash } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';

/** ALTCHA's format, version 1. */
export type Challenge = {
  readonly algorithm: string;
  /** SHA-256 of the salt and the number looked for, in hex. */
  readonly challenge: string;
  /** The number is from 0 to this. */
  readonly maxnumber: number;
  readonly salt: string;
  readonly signature: string;
};

export type Solution = {
  /** The header `x-solution`. */
  readonly header: string;
  /** Epoch ms at the server. */
  readonly expires: number;
};

/** About 2 ms of work: timers and answers of the other shoppers wait no longer. */
const AT_ONCE = 2_000;

/**
 * Solves a challenge.
 *
 * @throws {Error} when no number gives it
 */
export async function solve(asked: Challenge): Promise<Solution> {
  const { algorithm, challenge, salt, signature } = asked;
  const number = await numberOf(asked);
  const solution = JSON.stringify({ algorithm, challenge, number, salt, signature });
  const seconds = Number(new URLSearchParams(salt.split('?')[1]).get('expires'));
  return { header: Buffer.from(solution).toString('base64'), expires: seconds * 1000 };
}

async function numberOf({ challenge, salt, maxnumber }: Challenge): Promise<number> {
  for (let number = 0; number <= maxnumber; number++) {
    if (createHash('sha256').update(`${salt}${number}`).digest('hex') === challenge) return number;
    if (number % AT_ONCE === AT_ONCE - 1) await setImmediate();
  }
  throw new Error(`Cannot solve challenge "${challenge}": no number up to ${maxnumber} gives it`);
}
