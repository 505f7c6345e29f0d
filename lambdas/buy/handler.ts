/** @module POST /api/sales/{sale}/{doorKey}/orders. Wiring only: what a buy means is in `domain/purchase.ts`. */

import { circuitBreaker } from '../../adapters/circuit-breaker.ts';
import { dynamoStore } from '../../adapters/dynamo-store.ts';
import { readEnv } from '../../adapters/env.ts';
import { buyerKeys } from '../../adapters/hmac.ts';
import { dynamoDb, secretsManager, sqs } from '../../adapters/lean-clients.ts';
import { liveViews } from '../../adapters/live-view.ts';
import { emit } from '../../adapters/metrics.ts';
import { secret } from '../../adapters/secrets.ts';
import { sqsOrders } from '../../adapters/sqs-queues.ts';
import { systemClock } from '../../adapters/system-clock.ts';
import { traceIn } from '../../adapters/trace.ts';
import { purchase } from '../../domain/purchase.ts';
import { http, type Reply, type Request } from '../http.ts';
import { type Problem, problem } from '../problem.ts';
import { admit } from './admit.ts';
import { answerCounter } from './answers.ts';
import { buyEnv } from './env.ts';
import { replyOf } from './reply.ts';

const env = readEnv(buyEnv);
const db = dynamoDb();
const tables = { catalogue: env.CATALOGUE_TABLE, stock: env.STOCK_TABLE };
const world = {
  store: dynamoStore(db, tables),
  queue: sqsOrders(sqs(), env.ORDERS_QUEUE_URL),
};
const doors = {
  keys: secret(secretsManager(), env.SIGNING_SECRET_ARN, systemClock),
  views: liveViews(db, tables, systemClock),
  clock: systemClock,
};
const guard = circuitBreaker(systemClock, (Reason) =>
  emit({ Reason }, { Throttled: 1 }, systemClock()),
);
const answers = answerCounter(systemClock);

export const handler = http(async (request) => {
  const guarded = await guard(() => buyOnce(request));
  const isThrough = guarded.kind === 'through';
  answers.count(request.pathParameters?.['sale'] ?? '', isThrough ? guarded.value : guarded.kind);
  return isThrough
    ? guarded.value
    : problem('busy', 'Too much is going on: please try again in a second');
});

async function buyOnce(request: Request): Promise<Reply | Problem> {
  const admitted = await admit(doors, request);
  if ('code' in admitted) return admitted;
  const { offer, session, quantity, again, now, sweptAt } = admitted;
  if (sweptAt !== undefined) answers.sweep((now - sweptAt) / 1000);
  const { sale, item } = offer;
  const buyerKey = buyerKeys.of(sale, session.shopper, item.sku);
  const buyer = { ...session, buyerKey, trace: traceIn(request.headers, sale.salt) };
  const outcome = await purchase(world, offer, buyer, quantity, now, again);
  return replyOf({ saleId: sale.id, sku: item.sku }, outcome);
}
