import { ConflictException } from '@aws-sdk/client-cloudfront-keyvaluestore';
import { describe, expect, test } from '@jest/globals';
import { edgeSale, putEdgeEntries } from '../../adapters/edge-store.ts';
import { aPublishedSale, OPENS_AT } from '../support/sales.ts';
import { fakeClient } from './fake-client.ts';

/** A store in which others come before, some times. */
const contested = (times: number, error: Error = aConflict()) => {
  let left = times;
  return fakeClient((name, before) => {
    if (name === 'DescribeKeyValueStoreCommand') return { ETag: `e${before}` };
    if (left-- > 0) throw error;
    return {};
  });
};

const aConflict = () => new ConflictException({ message: 'no', $metadata: {} });

describe('edgeSale()', () => {
  test('says what the gate has to know, in less than 1 KB', () => {
    const sale = aPublishedSale();
    const entries = edgeSale(sale, 5000);
    expect(entries).toEqual({
      'sale/night': {
        ...{ o: OPENS_AT, c: OPENS_AT + 3_600_000, d: sale.doorKey, w: 5000, s: 'seed', p: false },
      },
    });
  });
});

describe('putEdgeEntries()', () => {
  test('writes all entries in one update of the version that it saw', async () => {
    const { client, sent } = contested(0);
    await putEdgeEntries(client, 'arn', { a: { x: 1 }, b: { y: 2 } });
    const Puts = [
      { Key: 'a', Value: '{"x":1}' },
      { Key: 'b', Value: '{"y":2}' },
    ];
    expect(sent.map(({ input }) => input)).toEqual([
      { KvsARN: 'arn' },
      { KvsARN: 'arn', IfMatch: 'e0', Puts },
    ]);
  });

  test('looks again where somebody else came before, four times', async () => {
    const { client, sent } = contested(4);
    await putEdgeEntries(client, 'arn', { a: {} });
    expect(sent.at(-1)?.input['IfMatch']).toBe('e8');
    await expect(putEdgeEntries(contested(5).client, 'arn', { a: {} })).rejects.toThrow(
      ConflictException,
    );
  });

  test('throws at once what is no conflict', async () => {
    const { client, sent } = contested(1, new Error('no answer'));
    await expect(putEdgeEntries(client, 'arn', { a: {} })).rejects.toThrow('no answer');
    expect(sent).toHaveLength(2);
  });
});
