/** @module GET and DELETE /api/orders/{orderId}, POST …/checkout. What they mean is in `domain/order.ts`. */

import { dynamoStore } from '../../adapters/dynamo-store.ts';
import { readEnv } from '../../adapters/env.ts';
import { buyerKeys, keyIdsOf } from '../../adapters/hmac.ts';
import { dynamoDb, secretsManager, sqs } from '../../adapters/lean-clients.ts';
import { secret, valueIn } from '../../adapters/secrets.ts';
import { sessionIn, sessionToken } from '../../adapters/session.ts';
import { sqsOrders } from '../../adapters/sqs-queues.ts';
import { systemClock } from '../../adapters/system-clock.ts';
import { cancel, findOrder, type OwnOrder } from '../../domain/order.ts';
import { http, type Reply, type Request } from '../http.ts';
import { type Problem, problem } from '../problem.ts';
import { checkOutOrder } from './check-out.ts';
import { orderEnv } from './env.ts';

const env = readEnv(orderEnv);
const world = {
  store: dynamoStore(dynamoDb(), {
    catalogue: env.CATALOGUE_TABLE,
    stock: env.STOCK_TABLE,
    orders: env.ORDERS_TABLE,
  }),
  queue: sqsOrders(sqs(), env.ORDERS_QUEUE_URL),
};
const secrets = secretsManager();
const signing = secret(secrets, env.SIGNING_SECRET_ARN, systemClock);
const payment = secret(secrets, env.PAYMENT_SECRET_ARN, systemClock);

export const handler = http(async (request) => {
  const now = systemClock();
  const { cookie } = request.headers;
  const session = sessionIn(await signing(...keyIdsOf(sessionToken(cookie))), cookie, now);
  if (session === undefined)
    return problem('session-missing', 'A session is needed: sign in first');
  const orderId = request.pathParameters?.['orderId'] ?? '';
  const order = await findOrder(world, buyerKeys, session.shopper, orderId, now);
  if (order === undefined) return problem('unknown-order', 'There is no such order of yours');
  if (request.httpMethod === 'DELETE') return cancelled(order);
  if (request.httpMethod === 'POST') return checkedOut(order, request);
  return { statusCode: 200, body: order.view };
});

async function cancelled(order: OwnOrder): Promise<Reply | Problem> {
  const outcome = await cancel(world, order, systemClock());
  switch (outcome.kind) {
    case 'released':
      return { statusCode: 200, body: outcome.view };
    case 'paid':
      return problem('order-state', 'The order is paid: it cannot be cancelled any more');
    case 'later':
      return problem('unavailable', 'The order could not be cancelled just now: please try again');
  }
}

async function checkedOut(order: OwnOrder, { headers }: Request): Promise<Reply | Problem> {
  const place = {
    provider: env.PAYMENT_PROVIDER_URL,
    key: valueIn(await payment(), 'key'),
    site: headers['x-site-origin'] ?? '',
  };
  const redirectUrl = await checkOutOrder(world.store, order, place, systemClock());
  return redirectUrl === undefined
    ? problem('order-state', `The order is ${order.view.status.toLowerCase()}: it cannot be paid`)
    : { statusCode: 200, body: { redirectUrl } };
}
