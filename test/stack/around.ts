/** @module A press of Buy that has found its way around the gate, straight to the function. */

import { aRequest } from '../lambdas/requests.ts';
import type { Shopper } from '../support/shopper.ts';
import type { Scene } from './scene.ts';

/** What the function answers: its status, and the code of its problem or the id of its order. */
export async function buyAround(
  { stack }: Scene,
  shopper: Shopper,
  doorKey: string,
  saleId: string,
  ticket: string,
): Promise<{ readonly status: number; readonly code?: string; readonly orderId?: string }> {
  const request = aRequest({
    httpMethod: 'POST',
    resource: '/api/sales/{sale}/{doorKey}/orders',
    headers: { cookie: shopper.cookie, 'x-ticket': ticket },
    pathParameters: { sale: saleId, doorKey },
    queryStringParameters: { sku: 'lamp' },
  });
  const answer = (await stack.invoke('Buy', request)) as { statusCode: number; body: string };
  const { code, orderId } = JSON.parse(answer.body);
  return { status: answer.statusCode, ...(code && { code }), ...(orderId && { orderId }) };
}

/** What a ticket says. */
export const contentOf = (ticket: string): { readonly f: number; readonly e: number } =>
  JSON.parse(Buffer.from(ticket.split('.')[1] ?? '', 'base64url').toString());
