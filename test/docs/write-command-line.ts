/** @module `node test/docs/write-command-line.ts`: writes `docs/command-line.md` from the commands. */

import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { commandLineDocument } from './command-line-document.ts';

const path = fileURLToPath(new URL('../../docs/command-line.md', import.meta.url));

writeFileSync(path, await commandLineDocument());
