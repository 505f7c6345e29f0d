/** @module Schemathesis, in a virtual environment of its own, with everything it needs pinned. */

import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { pythonPackages } from '../support/python-packages.ts';

const PINNED = fileURLToPath(new URL('requirements.txt', import.meta.url));

/** Installs it where it is not yet. @returns the Python that has it @throws {Error} saying what is missing */
export async function schemathesis(): Promise<string> {
  const { home } = await pythonPackages('schemathesis', PINNED);
  return join(home, 'bin/python');
}
