/** @module Runs the CDK command line, with this terminal as its own. */

import { spawn } from 'node:child_process';
import { delimiter } from 'node:path';
import { fileURLToPath } from 'node:url';

const BIN = fileURLToPath(new URL('../node_modules/.bin', import.meta.url));

/**
 * Runs it to its end; the first `cdk` of the PATH, or else the one of this project.
 *
 * @throws {Error} where it does not start, or ends with another status than 0
 */
export const runCdk = (args: readonly string[]): Promise<void> =>
  new Promise((resolve, reject) => {
    const PATH = [process.env['PATH'], BIN].join(delimiter);
    const child = spawn('cdk', args, { stdio: 'inherit', env: { ...process.env, PATH } });
    child.once('error', (cause) =>
      reject(new Error(`Cannot deploy: cdk does not start: ${cause.message}`, { cause })),
    );
    child.once('exit', (status, signal) =>
      status === 0
        ? resolve()
        : reject(new Error(`Cannot deploy: cdk ended with ${signal ?? `status ${status}`}`)),
    );
  });
