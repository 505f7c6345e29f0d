import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { describe, expect, test } from '@jest/globals';
import { ROOT } from '../support/command.ts';

const sale = (...words: readonly string[]) =>
  promisify(execFile)(process.execPath, ['cli/run.ts', ...words], { cwd: ROOT });

describe('check', () => {
  test('reads a file without a deployment, and says what it leaves open', async () => {
    const { stdout } = await sale('check', 'sales/from-products.json');
    expect(stdout).toContain('sales/from-products.json is a sale: "from-products" opens 2026-11');
    expect(stdout).toContain('AURORA-42 50 of the product, limit 1');
    expect(stdout).toContain(
      'Not checked without --outputs: that product "AURORA-42", "AURORA-43"',
    );
    const demo = JSON.parse((await sale('check', 'sales/demo.json', '--json')).stdout);
    expect(demo).toMatchObject({ kind: 'right', id: 'demo' });
    // It is made of no product.
    expect(demo.unchecked).toHaveLength(2);
  }, 60_000);
});
