/** @module POST /api/payments/events: the payment provider's webhook. What it means is in `domain/payment.ts`. */

import { dynamoStore } from '../../adapters/dynamo-store.ts';
import { readEnv } from '../../adapters/env.ts';
import { dynamoDb, secretsManager, sqs } from '../../adapters/lean-clients.ts';
import {
  type PaymentEvent,
  paymentEvent,
  paymentProvider,
} from '../../adapters/payment-provider.ts';
import { secret, valueIn } from '../../adapters/secrets.ts';
import { sqsOrders } from '../../adapters/sqs-queues.ts';
import { systemClock } from '../../adapters/system-clock.ts';
import { takePayment } from '../../domain/take-payment.ts';
import { http, type Reply } from '../http.ts';
import { type Problem, problem } from '../problem.ts';
import { paymentEnv } from './env.ts';
import { reportPayment } from './report.ts';

const env = readEnv(paymentEnv);
const keys = secret(secretsManager(), env.PAYMENT_SECRET_ARN, systemClock);
const key = async () => valueIn(await keys(), 'key');
const world = {
  store: dynamoStore(dynamoDb(), {
    catalogue: env.CATALOGUE_TABLE,
    stock: env.STOCK_TABLE,
    orders: env.ORDERS_TABLE,
  }),
  queue: sqsOrders(sqs(), env.ORDERS_QUEUE_URL),
  payments: paymentProvider(env.PAYMENT_PROVIDER_URL, key),
};

export const handler = http(async ({ headers, body, isBase64Encoded }) => {
  const raw = Buffer.from(body ?? '', isBase64Encoded ? 'base64' : 'utf8').toString('utf8');
  const signature = headers['x-payment-signature'] ?? '';
  const event = paymentEvent(await key(), signature, raw, systemClock());
  return event === undefined
    ? problem('bad-request', 'Cannot take this payment event: it is not signed by the provider')
    : taken(event);
});

async function taken({ orderId, payment }: PaymentEvent): Promise<Reply | Problem> {
  const outcome = await takePayment(world, orderId, payment, systemClock());
  reportPayment(orderId, outcome, systemClock());
  return outcome.kind === 'later'
    ? problem('unavailable', 'The payment could not be applied just now: please send it again')
    : { statusCode: 204 };
}
