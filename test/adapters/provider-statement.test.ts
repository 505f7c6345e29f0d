import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, test } from '@jest/globals';
import { mac } from '../../adapters/hmac.ts';
import { providerStatement } from '../../adapters/provider-statement.ts';
import type { StatementLine } from '../../domain/statement.ts';

const KEY = 'shared secret';

const LINE = {
  ...{ kind: 'payment', reference: 'pay_1', orderId: 'night.lamp.x', amountMinor: 1999 },
  ...{ currency: 'EUR', atEpochMs: 5 },
};

type Answer = (request: IncomingMessage, response: ServerResponse, asked: number) => void;

/** Reads the whole statement of a provider that answers as a test says. */
async function read(answer: Answer): Promise<readonly (readonly StatementLine[])[]> {
  let asked = 0;
  const server = createServer((request, response) => answer(request, response, ++asked));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  try {
    const pages: (readonly StatementLine[])[] = [];
    const statement = providerStatement(url, async () => KEY).statement(1, 9);
    for await (const page of statement) pages.push(page);
    return pages;
  } finally {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
}

const json = (response: ServerResponse, value: unknown) => response.end(JSON.stringify(value));

describe('providerStatement()', () => {
  test('reads page after page, as the shop', async () => {
    const asked: string[] = [];
    const pages = await read((request, response) => {
      expect(request.headers.authorization).toBe(`Bearer ${mac(KEY, 'api.v1')}`);
      asked.push(request.url ?? '');
      const isFirst = asked.length === 1;
      json(response, {
        lines: [isFirst ? LINE : { ...LINE, kind: 'refund' }],
        ...(isFirst && { next: '1&' }),
      });
    });
    expect(asked).toEqual([
      '/v1/statement?from=1&to=9&after=',
      '/v1/statement?from=1&to=9&after=1%26',
    ]);
    const line = { reference: 'pay_1', orderId: 'night.lamp.x', amount: 1999, currency: 'EUR' };
    expect(pages).toEqual([
      [{ kind: 'payment', ...line, at: 5 }],
      [{ kind: 'refund', ...line, at: 5 }],
    ]);
  });

  test('asks for a page up to three times', async () => {
    const answer: Answer = (_, response, asked) => {
      if (asked < 3) response.writeHead(503).end();
      else json(response, { lines: [] });
    };
    expect(await read(answer)).toEqual([[]]);
    const never = read((_, response) => response.writeHead(503).end());
    await expect(never).rejects.toThrow(
      "Cannot read the payment provider's statement: it answered 503",
    );
  });

  test.each([
    ['no page', { payments: [] }, 'it answered no page'],
    ['nothing', null, 'it answered no page'],
    ['a next that is no text', { lines: [], next: 1 }, 'it answered no page'],
    ['another kind of line', { lines: [LINE, { ...LINE, kind: 'fee' }] }, 'line 2 of a page'],
    ['an amount with a point', { lines: [{ ...LINE, amountMinor: 19.99 }] }, 'line 1 of a page'],
    ['no instant', { lines: [{ ...LINE, atEpochMs: undefined }] }, 'line 1 of a page'],
    ['no order', { lines: [{ ...LINE, orderId: null }] }, 'line 1 of a page'],
    ['no line', { lines: [null] }, 'line 1 of a page'],
  ])('refuses %s, rather than taking it for an empty statement', async (_, page, why) => {
    await expect(read((__, response) => json(response, page))).rejects.toThrow(why);
  });

  test('does not go round and round', async () => {
    const answer: Answer = (_, response) => json(response, { lines: [], next: '7' });
    await expect(read(answer)).rejects.toThrow('page "7" follows itself');
  });
});
