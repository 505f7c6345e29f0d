/** One buy through the bundles of both settings of `awsClient`, each over sockets and with signatures, as on AWS. */

import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { enterAsGuest } from '../../bench/guest.ts';
import { openSale } from '../../bench/open-sale.ts';

import { startLocalSale } from '../../cli/local-sale.ts';
import { type Synthesised, synthWithSdk } from './sdk-synth.ts';

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url));

let sdk: Synthesised;

beforeAll(async () => {
  sdk = await synthWithSdk();
}, 300_000);
afterAll(() => sdk?.remove());

/** The bundles of an assembly, by their code. */
function bundlesIn(assembly: string): Set<string> {
  const folders = readdirSync(assembly).filter((name) => name.startsWith('asset.'));
  const codes = folders.map((folder) => join(assembly, folder, 'index.js'));
  return new Set(
    codes
      .filter((path) => statSync(path, { throwIfNoEntry: false }))
      .map((path) => readFileSync(path, 'utf8')),
  );
}

const built = (folder: string) => readFileSync(at(`../../dist/${folder}/buy/index.js`), 'utf8');

describe('-c awsClient', () => {
  test('deploys the bundles with the clients of the SDK in place of the lean ones', () => {
    const [lean, plain] = [bundlesIn(at('../../cdk.out')), bundlesIn(sdk.folder)];
    expect([lean.has(built('functions')), plain.has(built('functions'))]).toEqual([true, false]);
    expect([lean.has(built('functions-sdk')), plain.has(built('functions-sdk'))]).toEqual([
      false,
      true,
    ]);
  });

  test.each(['lean', 'sdk'])(
    '%s sells, records the order, and leaves books without a finding',
    async (client) => {
      const sale = openSale(1, Date.now());
      const assembly = client === 'sdk' ? { assembly: sdk.folder } : {};
      const local = await startLocalSale({ sale, clients: 'network', ...assembly });
      try {
        const { siteUrl } = local.stack;
        const { cookie, ticket } = await enterAsGuest(siteUrl, sale.id);
        const path = `/api/sales/${sale.id}/${local.sale.doorKey}/orders?sku=unit`;
        const headers = { cookie, 'x-ticket': ticket };
        const bought = await fetch(`${siteUrl}${path}`, { method: 'POST', headers });
        expect([bought.status, await bought.json()]).toEqual([
          201,
          expect.objectContaining({ status: 'RESERVED' }),
        ]);
        await local.stack.settle();
        const { promises } = await local.audit();
        expect(Object.values(promises).filter(Array.isArray).flat()).toEqual([]);
      } finally {
        await local.stop();
      }
    },
    120_000,
  );
});
