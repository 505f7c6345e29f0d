/** @module The proof of work before a ticket, in ALTCHA's format: fetched, solved by workers, kept as long as it lives. */

import { type Answer, type Challenge, fetchChallenge } from './api.ts';
import { type Part, type Solver, sharesOf } from './challenge.ts';
import type { ServerClock } from './server-clock.ts';

/** More than that only heats a phone. */
const MOST_WORKERS = 4;

/** A solution that expires sooner might do so on its way. */
const SPARE_MS = 10_000;

export function solver(saleId: string, clock: ServerClock, workerPath: string): Solver {
  let kept: { readonly text: string; readonly untilMs: number } | undefined;
  return {
    async solution() {
      if (kept && clock.now() < kept.untilMs) return { ok: true, value: kept.text };
      const answer = await fetchChallenge(saleId);
      if (!answer.ok || answer.value === undefined) return answer as Answer<undefined>;
      const text = await solve(answer.value, workerPath);
      if (text === undefined) return { ok: false, problem: { code: 'challenge-failed' } };
      kept = { text, untilMs: expiryOf(answer.value.salt) - SPARE_MS };
      return { ok: true, value: text };
    },
    drop() {
      kept = undefined;
    },
  };
}

const expiryOf = (salt: string): number =>
  Number(new URLSearchParams(salt.split('?')[1]).get('expires')) * 1000;

async function solve(challenge: Challenge, workerPath: string): Promise<string | undefined> {
  const begun = performance.now();
  const { algorithm, salt, signature, maxnumber } = challenge;
  const count = Math.max(1, Math.min(MOST_WORKERS, navigator.hardwareConcurrency || 1));
  const shares = sharesOf(maxnumber, count);
  const workers = shares.map(() => new Worker(workerPath, { type: 'module' }));
  const parts = shares.map((share) => ({
    algorithm,
    challenge: challenge.challenge,
    salt,
    ...share,
  }));
  const number = await firstFound(workers, parts);
  for (const worker of workers) worker.terminate();
  if (number === null) return undefined;
  const took = Math.round(performance.now() - begun);
  return btoa(
    JSON.stringify({ algorithm, challenge: challenge.challenge, number, salt, signature, took }),
  );
}

/** The number that a worker found, or null when none did or none could be started. */
const firstFound = (workers: readonly Worker[], parts: readonly Part[]): Promise<number | null> =>
  new Promise((done) => {
    let left = workers.length;
    const take = (number: number | null) => {
      left--;
      if (number !== null || left === 0) done(number);
    };
    for (const [i, worker] of workers.entries()) {
      worker.addEventListener('message', ({ data }: MessageEvent<number | null>) => take(data));
      worker.addEventListener('error', () => take(null));
      worker.postMessage(parts[i]);
    }
  });
