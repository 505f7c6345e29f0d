/** Recorded answers of DynamoDB. */

import { describe, expect, test } from '@jest/globals';
import { raiseWrites, tableWarmth } from '../../adapters/table-warmth.ts';
import { fakeClient } from './fake-client.ts';

const described = (Status: string) => ({
  Table: {
    ...{ TableName: 'Stock', TableStatus: 'ACTIVE' },
    WarmThroughput: { ReadUnitsPerSecond: 12_000, WriteUnitsPerSecond: 4000, Status },
  },
});

describe('tableWarmth()', () => {
  test.each([
    ['ACTIVE', false],
    ['UPDATING', true],
  ])('says what a table takes at once, and whether it rises: %s', async (status, isRising) => {
    const { client, sent } = fakeClient(() => described(status));
    const warmth = { writes: 4000, reads: 12_000, isRising };
    expect(await tableWarmth(client, 'Stock')).toEqual(warmth);
    expect(sent).toEqual([{ name: 'DescribeTableCommand', input: { TableName: 'Stock' } }]);
  });

  test('is nothing in a place that has no such thing', async () => {
    const { client } = fakeClient(() => ({ Table: { TableName: 'Stock' } }));
    expect(await tableWarmth(client, 'Stock')).toBeUndefined();
  });
});

describe('raiseWrites()', () => {
  test('asks for more writes, and for as many reads as there are', async () => {
    const { client, sent } = fakeClient();
    const warmth = { writes: 4000, reads: 12_000, isRising: false };
    await raiseWrites(client, 'Stock', warmth, 20_000);
    expect(sent).toEqual([
      {
        name: 'UpdateTableCommand',
        input: {
          TableName: 'Stock',
          WarmThroughput: { ReadUnitsPerSecond: 12_000, WriteUnitsPerSecond: 20_000 },
        },
      },
    ]);
  });
});
