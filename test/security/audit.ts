/**
 * @module
 * `npm run audit`: fails (1) on an advisory of a production dependency that `advisories.json` does not explain, and (2)
 * where the registry answers no advisories, having checked what the lock file alone can show.
 */

import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import {
  type Accepted,
  type AuditJson,
  judgeAudit,
  type Lock,
  lockFindings,
  productionOf,
} from './audit-report.ts';

const read = (path: string): unknown =>
  JSON.parse(readFileSync(new URL(path, import.meta.url), 'utf8'));

/** npm ends with an error where it has found something: what it printed is the report all the same. */
const audited = (): Promise<AuditJson> =>
  new Promise((resolve) => {
    execFile('npm', ['audit', '--omit=dev', '--json'], { maxBuffer: 2 ** 26 }, (_error, out) => {
      try {
        resolve(JSON.parse(out) as AuditJson);
      } catch {
        resolve({ message: 'npm audit printed no JSON' });
      }
    });
  });

const lock = read('../../package-lock.json') as Lock;
const { accepted } = read('advisories.json') as { accepted: Accepted };
const verdict = judgeAudit(await audited(), accepted, new Date().toISOString().slice(0, 10));
const found = [...lockFindings(lock), ...(verdict.kind === 'judged' ? verdict.findings : [])];
const count = `${productionOf(lock).length} production packages`;
for (const finding of found) process.stdout.write(`FOUND ${finding}\n`);
if (verdict.kind === 'judged') {
  process.stdout.write(`${count}: ${found.length} findings\n`);
} else {
  process.stdout.write(
    `NOT JUDGED: the registry answers no advisories (${verdict.why}).\n` +
      `Checked from the lock file alone: ${count}, ${found.length} findings (exact version, SHA-512, no install script).\n` +
      'Run it where the registry has the audit endpoint: npm_config_registry=<URL> npm run audit\n',
  );
}
process.exitCode = found.length > 0 ? 1 : verdict.kind === 'judged' ? 0 : 2;
