/**
 * @module
 * Draws the picture of a plan, and writes what `plan` prints into `docs/capacity.md`: between `<!-- plan … -->`, which
 * says what is typed, and `<!-- end -->`.
 */

import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const PAGE = `${ROOT}docs/capacity.md`;
const BLOCK = /<!-- (plan [^>]*) -->\n[\s\S]*?<!-- end -->/g;

const sale = (words: string): string =>
  execFileSync(process.execPath, ['cli/run.ts', ...words.split(' ')], { cwd: ROOT, encoding: 'utf8' });

sale('plan --shoppers 100000 --units 100 --svg docs/images/plan.svg');
const page = readFileSync(PAGE, 'utf8').replace(
  BLOCK,
  (_, words: string) => `<!-- ${words} -->\n\`\`\`text\n${sale(words)}\`\`\`\n<!-- end -->`,
);
writeFileSync(PAGE, page);
