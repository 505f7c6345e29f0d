/** @module The k6 that runs the scripts. */

import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** The one version that the scripts are tried with; `.ci/run` installs it. */
const K6_VERSION = readFileSync(new URL('version.txt', import.meta.url), 'utf8').trim();

/**
 * The k6 to run: `K6_PATH`, or the one on the PATH.
 *
 * @throws {Error} that says how to get one where there is none
 */
export function findK6(env: Readonly<Record<string, string | undefined>>): string {
  const path = env['K6_PATH'] || 'k6';
  try {
    execFileSync(path, ['version'], { stdio: 'pipe' });
    return path;
  } catch (cause) {
    throw new Error(
      `Cannot run "${path}": it is no k6. Get one with Go and put it on the PATH, or name it in K6_PATH:\n` +
        `  go install go.k6.io/k6@${K6_VERSION}`,
      { cause },
    );
  }
}
