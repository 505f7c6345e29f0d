/** @module What `sale.json` tells shoppers about signing in, by the outputs of the deployment. */

import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, test } from '@jest/globals';
import { deployment, type Outputs } from '../../adapters/deployment.ts';
import { aPublishedSale, OPENS_AT } from '../support/sales.ts';

/** Publishes the files of a sale to an endpoint that keeps them; answers what its `sale.json` says. */
async function published(outputs: object): Promise<Readonly<Record<string, unknown>>> {
  const files = new Map<string, string>();
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    if (request.method === 'PUT') files.set((request.url ?? '').split('?')[0] ?? '', body);
    response.end(request.method === 'PUT' ? '' : '{"Items":[],"Count":0}');
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const reached = { SiteBucket: 'site', CatalogueTable: 'Catalogue', ...outputs } as Outputs;
  try {
    await deployment(reached, { endpoint, clock: () => OPENS_AT }).site.putSale(aPublishedSale());
  } finally {
    server.closeAllConnections();
    await new Promise((done) => server.close(done));
  }
  return JSON.parse(files.get('/site/sales/night/sale.json') ?? '');
}

const ISSUER = 'https://id.example';

describe('sale.json', () => {
  test('names the issuer and the client, where shoppers can sign in', async () => {
    const { signIn } = await published({ OidcIssuer: ISSUER, OidcAudience: 'shop' });
    expect(signIn).toEqual({ issuer: ISSUER, clientId: 'shop' });
  });

  test.each([
    ['there is no issuer', { OidcIssuer: 'none', OidcAudience: 'none' }],
    ['the deployment does not say', {}],
  ])('says nothing of it where %s', async (_case, outputs) => {
    expect(await published(outputs)).not.toHaveProperty('signIn');
  });
});
