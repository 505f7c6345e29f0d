/** @module The doors of an emulator: its API by usage-plan key, and its CloudFront. */

import { randomUUID } from 'node:crypto';
import { type Front, openFront } from './front.ts';
import { unsigned } from './raw-call.ts';

/** The paths under which emulators have the stage of an API. */
const API_PREFIXES = [
  (api: string, stage: string) => `/_aws/execute-api/${api}/${stage}`,
  (api: string, stage: string) => `/restapis/${api}/${stage}/_user_request_`,
] as const;

/** Keys of the usage plans. */
export type PlanKeys = Readonly<Record<'buy' | 'browse' | 'operate', string>>;

/** CloudFront as the emulator has it: under the name of the distribution, and as if by HTTPS. */
export const edgeDoor = (endpoint: string, siteUrl: string): Promise<Front> =>
  openFront(endpoint, (_method, path) => ({
    path,
    headers: { host: new URL(siteUrl).host, 'x-forwarded-proto': 'https' },
  }));

/**
 * The API with the keys of its usage plans, and the site's bucket beside it: what CloudFront leads to, without
 * CloudFront. Nobody stands at this door: who comes needs a session and a ticket of the deployment's own keys.
 */
export const apiDoor = (
  endpoint: string,
  prefix: string,
  keys: PlanKeys,
  bucket: string,
): Promise<Front> =>
  openFront(endpoint, (_method, path) => {
    const host = new URL(endpoint).host;
    if (!path.startsWith('/api/')) {
      const [bare = ''] = path.split('?');
      return { path: `/${bucket}${bare}`, headers: { host, ...unsigned('s3') } };
    }
    const isBuy = /^\/api\/sales\/[^/]+\/[^/]+\/orders/.test(path);
    return {
      path: `${prefix}${path}`,
      headers: {
        host,
        'x-api-key': isBuy ? keys.buy : keys.browse,
        // What the gate says of every request.
        'x-site-origin': 'https://shop.example',
        'x-transaction-id': randomUUID(),
      },
    };
  });

/** @returns where the emulator has the API's stage, found by how it answers who has no key */
export async function findApi(
  endpoint: string,
  api: string,
  stage: string,
): Promise<string | undefined> {
  for (const prefixOf of API_PREFIXES) {
    const prefix = prefixOf(api, stage);
    const { status } = await fetch(`${endpoint}${prefix}/api/orders/none`);
    if (status === 403) return prefix;
  }
  return undefined;
}
