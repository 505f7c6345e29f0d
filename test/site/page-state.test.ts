import { describe, expect, test } from '@jest/globals';
import type { Sale } from '../../site/api.ts';
import { emptyPage, takeClosing } from '../../site/page-state.ts';

describe('takeClosing()', () => {
  const sale = { id: 'night', closesAtEpochMs: 2000 } as Sale;
  const status = { phase: 'open', nowEpochMs: 1000, items: [] } as const;

  test('has a page go by a closing that was moved since it was loaded', () => {
    const page = { ...emptyPage(), sale };
    takeClosing(page, { ...status, closesAtEpochMs: 3000 });
    expect(page.sale).toEqual({ ...sale, closesAtEpochMs: 3000 });
  });

  test('keeps the closing of its file where the shop says none', () => {
    const page = { ...emptyPage(), sale };
    takeClosing(page, status);
    expect(page.sale).toBe(sale);
  });
});
