import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import {
  type Accepted,
  judgeAudit,
  type Lock,
  lockFindings,
  productionOf,
} from './audit-report.ts';

const read = (path: string) => JSON.parse(readFileSync(new URL(path, import.meta.url), 'utf8'));

const ID = 'GHSA-abcd-1234-wxyz';
const advisory = {
  ...{ name: 'left', title: 'It breaks', severity: 'high' },
  url: `https://github.com/advisories/${ID}`,
};
const report = { vulnerabilities: { left: { via: [advisory] }, right: { via: ['left'] } } };
const acceptance = { package: 'left', reason: 'never called', until: '2026-12-31' };
const judged = (accepted: Accepted, today = '2026-12-31') => judgeAudit(report, accepted, today);

describe('judgeAudit()', () => {
  test('finds an advisory that nobody has explained', () => {
    expect(judged({})).toEqual({
      kind: 'judged',
      findings: [`${ID} (high) in "left": It breaks, ${advisory.url}`],
    });
  });

  test('takes one that is explained, until its last day', () => {
    expect(judged({ [ID]: acceptance })).toEqual({ kind: 'judged', findings: [] });
    expect(judged({ [ID]: acceptance }, '2027-01-01')).toMatchObject({
      findings: [expect.stringContaining('accepted until 2026-12-31')],
    });
  });

  test.each([
    ['for another package', { package: 'other' }, 'accepted for "other" only'],
    ['without a reason', { reason: ' ' }, 'accepted without a reason'],
  ])('finds one that is accepted %s', (_, changes, why) => {
    const accepted = { [ID]: { ...acceptance, ...changes } };
    expect(judged(accepted)).toMatchObject({ findings: [expect.stringContaining(why)] });
  });

  test('finds an explanation of what is no more', () => {
    expect(judgeAudit({ vulnerabilities: {} }, { [ID]: acceptance }, '2026-12-31')).toMatchObject({
      findings: [expect.stringContaining('remove it')],
    });
  });

  test('finds nothing where there is nothing, and judges nothing where there is no report', () => {
    expect(judgeAudit({ vulnerabilities: {} }, {}, '2026-12-31')).toEqual({
      ...{ kind: 'judged', findings: [] },
    });
    expect(judgeAudit({ message: '405' }, {}, '2026-12-31')).toEqual({
      ...{ kind: 'not-judged', why: '405' },
    });
  });
});

describe('lockFindings()', () => {
  const good = { version: '1.2.3', integrity: 'sha512-AAAA' };
  const of = (changes: object): readonly string[] =>
    lockFindings({ packages: { '': {}, 'node_modules/left': { ...good, ...changes } } });

  test.each([
    ['no exact version', { version: '^1.2.3' }],
    ['no SHA-512', { integrity: 'sha1-AAAA' }],
    ['it comes from git', { resolved: 'git+ssh://example/left' }],
    ['it runs a script', { hasInstallScript: true }],
  ])('finds that %s', (why, changes) => {
    expect(of(changes)).toEqual([expect.stringContaining(why)]);
    expect(of({ ...changes, dev: true })).toEqual([]);
  });

  test('finds nothing in ours, which has some', () => {
    const lock = read('../../package-lock.json') as Lock;
    expect(productionOf(lock).length).toBeGreaterThan(30);
    expect(lockFindings(lock)).toEqual([]);
  });
});

test('each explanation that we have names its package, its reason and its last day', () => {
  const { accepted } = read('advisories.json') as { accepted: Accepted };
  for (const [id, one] of Object.entries(accepted)) {
    expect([id, one]).toEqual([
      expect.stringMatching(/^GHSA(-\w{4}){3}$/),
      {
        package: expect.stringMatching(/./),
        reason: expect.stringMatching(/\w{3}/),
        until: expect.stringMatching(/^\d{4}-\d\d-\d\d$/),
      },
    ]);
  }
});
