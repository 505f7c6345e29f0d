/** @module Long work shows how far it is: on a terminal in place, elsewhere a line now and then, always on standard error. */

import { spinner } from '@clack/prompts';

/** So often a line is printed where there is no terminal. */
const LINE_EVERY_MS = 15_000;

/** Tells how far the work is, such as `swept 40 of 125 ranges`. */
export type Tell = (state: string) => void;

/** Runs long work. @param what such as `Sweeping "demo"` */
export async function withProgress<T>(what: string, run: (tell: Tell) => Promise<T>): Promise<T> {
  if (!process.stderr.isTTY) return run(linesNowAndThen(what));
  const shown = spinner({ output: process.stderr, indicator: 'timer' });
  shown.start(what);
  try {
    const result = await run((state) => shown.message(`${what}: ${state}`));
    shown.stop(what);
    return result;
  } catch (error) {
    shown.error(what);
    throw error;
  }
}

function linesNowAndThen(what: string): Tell {
  let told = performance.now();
  return (state) => {
    if (performance.now() - told < LINE_EVERY_MS) return;
    told = performance.now();
    console.error(`${what}: ${state}`);
  };
}
