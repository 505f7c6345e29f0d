/** @module The steps of a run as a person reads them: passed, skipped, repaired or failed, how long, and why. */

import { setTimeout as pause } from 'node:timers/promises';

type Mark = 'passed' | 'skipped' | 'repaired' | 'failed';

/** The steps of one place. */
export type Steps = {
  /**
   * Runs a step; what it returns, if it is text, is printed beside it.
   *
   * @param seconds after which it counts as failed
   * @throws {StepFailed} once the failure stands in the report
   */
  step<T>(what: string, seconds: number, run: () => Promise<T>): Promise<T>;
  /** Something that this place cannot do, and why. Never for what should work and does not. */
  skipped(what: string, reason: string): void;
  /** Something that the place lacks and the suite put in: no behaviour of the product. */
  repaired(what: string): void;
};

/** Of a log, whose lines may hold a whole program. */
const LONGEST_LINE = 300;

/** Ends the journey of a place; the report has the reason. */
export class StepFailed extends Error {}

export class Report {
  readonly counts: Record<Mark, number> = { passed: 0, skipped: 0, repaired: 0, failed: 0 };
  private readonly secrets = new Set<string>();
  private readonly print: (line: string) => void;
  private readonly startedAt = performance.now();

  constructor(print: (line: string) => void) {
    this.print = print;
  }

  /** Texts that are never printed, whatever an error or a log line says. */
  hide(...secrets: readonly string[]) {
    // Shorter ones are no secrets, and would blacken half the output.
    for (const secret of secrets) if (secret.length >= 16) this.secrets.add(secret);
  }

  /** Prints lines below the last step, as those of a log. */
  quote(title: string, lines: readonly string[]) {
    if (lines.length > 0) this.say(`  ${title}:`);
    for (const line of lines) this.print(`    | ${this.hidden(line).slice(0, LONGEST_LINE)}`);
  }

  at(place: string): Steps {
    const line = (mark: Mark, what: string, ms: number | undefined, note: string) => {
      this.counts[mark] += 1;
      const took = ms === undefined ? '' : `${(ms / 1000).toFixed(1)} s`;
      const text = `${place.padEnd(10)} ${mark.padEnd(8)} ${took.padStart(8)}  ${what}`;
      this.say(note === '' ? text : `${text}: ${note}`);
    };
    return {
      async step(what, seconds, run) {
        const since = performance.now();
        try {
          const result = await within(seconds, run);
          line('passed', what, performance.now() - since, typeof result === 'string' ? result : '');
          return result;
        } catch (cause) {
          line('failed', what, performance.now() - since, (cause as Error).message);
          throw new StepFailed(what, { cause });
        }
      },
      skipped: (what, reason) => line('skipped', what, undefined, reason),
      repaired: (what) => line('repaired', what, undefined, ''),
    };
  }

  closing(): string {
    const { passed, skipped, repaired, failed } = this.counts;
    const seconds = Math.round((performance.now() - this.startedAt) / 1000);
    const verdict = failed === 0 ? 'Nothing failed' : 'FAILED';
    return `${verdict}: ${passed} passed, ${skipped} skipped, ${repaired} repaired, ${failed} failed, in ${seconds} s`;
  }

  private say(line: string) {
    this.print(this.hidden(line));
  }

  private hidden(line: string): string {
    let text = line;
    for (const secret of this.secrets) text = text.replaceAll(secret, '<secret>');
    return text;
  }
}

async function within<T>(seconds: number, run: () => Promise<T>): Promise<T> {
  const over = new AbortController();
  const late = pause(seconds * 1000, undefined, { signal: over.signal }).then(() => {
    throw new Error(`it was not done after ${seconds} s`);
  });
  try {
    return await Promise.race([run(), late]);
  } finally {
    over.abort();
    late.catch(() => {});
  }
}

/** How often a condition is looked at. */
const LOOK_EVERY_MS = 500;

/**
 * Waits until something is there, and returns it. A look that throws ends the wait.
 *
 * @throws {Error} saying what was waited for
 */
export async function until<T>(
  what: string,
  seconds: number,
  look: () => Promise<T | undefined | false>,
): Promise<T> {
  const giveUpAt = performance.now() + seconds * 1000;
  for (;;) {
    const found = await look();
    if (found !== undefined && found !== false) return found;
    if (performance.now() > giveUpAt) throw new Error(`waited ${seconds} s in vain for ${what}`);
    await pause(LOOK_EVERY_MS);
  }
}
