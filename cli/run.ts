/** @module `npm run sale`: runs one command. */

import { programFor } from './sale.ts';

programFor(process.argv[2])
  .then((program) => program.parseAsync())
  .catch((error: Error) => {
    console.error(error.message);
    process.exitCode = 1;
  });
