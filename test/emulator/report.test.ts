import { describe, expect, test } from '@jest/globals';
import { Report, StepFailed, until } from './report.ts';

const reporting = () => {
  const lines: string[] = [];
  return { lines, report: new Report((line) => lines.push(line)) };
};

describe('Report', () => {
  test('counts a failed step, says why, and ends the journey', async () => {
    const { lines, report } = reporting();
    const failing = report.at('here').step('deploy', 1, async () => {
      throw new Error('the stack is not there');
    });
    await expect(failing).rejects.toThrow(StepFailed);
    expect(lines[0]).toMatch(/^here +failed +0\.0 s {2}deploy: the stack is not there$/);
    expect(report.counts.failed).toBe(1);
    expect(report.closing()).toMatch(/^FAILED: 0 passed, 0 skipped, 0 repaired, 1 failed/);
  });

  test('fails a step whose time is up', async () => {
    const { lines, report } = reporting();
    const never = new Promise<never>(() => {});
    await expect(report.at('here').step('wait', 0.01, () => never)).rejects.toThrow(StepFailed);
    expect(lines[0]).toContain('wait: it was not done after 0.01 s');
  });

  test('never prints a secret, not in an error and not in a log', async () => {
    const { lines, report } = reporting();
    const secret = 'k3HhW0p9vYx27Qm1dLs8';
    report.hide(secret, 'active');
    const failing = report.at('here').step('buy', 1, async () => {
      throw new Error(`GET /${secret}/orders is not active`);
    });
    await failing.catch(() => {});
    report.quote('its log', [`x-api-key: ${secret}`, `${'-'.repeat(290)}${secret}`]);
    expect(lines.join('\n')).not.toContain(secret);
    expect(lines.join('\n')).not.toContain(secret.slice(0, 8));
    expect(lines[0]).toContain('GET /<secret>/orders is not active');
  });

  test('calls skips and repairs by their names', () => {
    const { lines, report } = reporting();
    report.at('here').skipped('cache', 'there is none');
    report.at('here').repaired('time to live');
    expect(lines[0]).toMatch(/^here +skipped +cache: there is none$/);
    expect(lines[1]).toMatch(/^here +repaired +time to live$/);
    expect(report.closing()).toContain('Nothing failed: 0 passed, 1 skipped, 1 repaired, 0 failed');
  });
});

describe('until()', () => {
  test('gives up, and says what it waited for', async () => {
    await expect(until('rain', 0, async () => false)).rejects.toThrow(
      'waited 0 s in vain for rain',
    );
  });

  test('returns what came', async () => {
    let looks = 0;
    expect(await until('rain', 5, async () => (++looks > 1 ? 'drops' : undefined))).toBe('drops');
  });
});
