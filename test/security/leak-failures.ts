/** @module Whatever makes functions log: faults in the middle of their work, and input that nobody expects. */

import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { Scene } from '../stack/scene.ts';
import { HEADERS, ticketOf } from './leak-person.ts';

const FUNCTIONS = ['Session', 'Status', 'Buy', 'Order', 'Payment', 'Record', 'Sweep'] as const;

/** Makes every function fail in the middle of its work, and send what nobody expects. */
export async function fail(scene: Scene): Promise<void> {
  const { stack, deployment } = scene;
  const shopper = await scene.enter();
  for (const fn of FUNCTIONS) {
    const ticket = await ticketOf(scene, shopper);
    for (const action of ['error-before', 'hang', 'kill-before', 'throttle'] as const) {
      stack.kill(fn);
      const fault = stack.faults.add({ function: fn, action, ...(action === 'hang' && { ms: 1 }) });
      await Promise.all([
        shopper.buy('told', { ticket, headers: HEADERS }),
        shopper.look(`told.lamp.${'A'.repeat(24)}`),
        scene.ask('GET', '/api/sales/told'),
        scene.ask('POST', '/api/session', { headers: { authorization: 'Bearer a.b.c' } }),
        scene.ask('POST', '/api/payments/events', { body: '{"secret":1}' }),
        stack.invoke('Sweep', { saleId: 'told' }).catch(() => {}),
      ]);
      fault.remove();
    }
  }
  for (const fn of ['Open', 'Close', 'Sweep']) {
    for (const input of [{}, { saleId: 'nowhere' }]) await stack.invoke(fn, input).catch(() => {});
  }
  const sqs = new SQSClient({ ...stack.clientOverrides, useQueueUrlAsEndpoint: false });
  for (const MessageBody of ['poison', '{"v":1,"kind":"order"}', '{"v":9}']) {
    await sqs.send(
      new SendMessageCommand({ QueueUrl: deployment.outputs.OrdersQueueUrl, MessageBody }),
    );
  }
  await stack.settle();
}
