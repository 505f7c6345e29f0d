/** @module What goes wrong with tables and functions, and which alarms must notice. */

import type { PublishedSale } from '../../domain/sale.ts';
import { bought, press, type Scenario, scenario } from './alarm-acts.ts';
import type { Ground } from './alarm-watch.ts';

/** Six presses of Buy in a minute, each after the rest that the one before began. */
async function pressesInAMinute(ground: Ground, sale: PublishedSale): Promise<void> {
  for (let one = 0; one < 6; one++) {
    await press(ground, sale);
    await ground.scene.stack.clock.advance(1100);
  }
  await ground.pass(1);
}

/** A dozen looks at a sale that CloudFront has not kept. */
async function looksInAMinute({ scene, pass }: Ground, saleId: string): Promise<void> {
  for (let one = 0; one < 12; one++) {
    scene.stack.clearCache();
    await scene.ask('GET', `/api/sales/${saleId}`);
  }
  await pass(1);
}

export const TROUBLE: readonly Scenario[] = [
  scenario(
    'DynamoDB throttles the buy function',
    ['TablesThrottled', 'BuysResting'],
    async (ground) => {
      const sale = await ground.sale();
      await bought(ground, sale);
      const write = { function: 'Buy', service: 'dynamodb', operation: 'PutItem' };
      ground.scene.stack.faults.add({ ...write, action: 'throttle' });
      await pressesInAMinute(ground, sale);
      await pressesInAMinute(ground, sale);
    },
  ),

  scenario('a function dies at every request', ['ApiFailing', 'StatusFailing'], async (ground) => {
    const dies = { function: 'Status', service: 'dynamodb', action: 'kill-before' } as const;
    ground.scene.stack.faults.add(dies);
    await looksInAMinute(ground, 'first');
    await looksInAMinute(ground, 'first');
  }),

  scenario('the tables do not answer a buyer', ['BuyFailing'], async (ground) => {
    const sale = await ground.sale();
    await bought(ground, sale);
    const write = { function: 'Buy', service: 'dynamodb', operation: 'PutItem' };
    ground.scene.stack.faults.add({ ...write, action: 'error-before' });
    await press(ground, sale);
    await ground.pass(1);
    await press(ground, sale);
    await ground.pass(1);
  }),

  scenario('a call to DynamoDB takes seconds', ['BuySlow'], async (ground) => {
    const sale = await ground.sale();
    await bought(ground, sale);
    const slow = { function: 'Buy', operation: 'PutItem', action: 'delay', ms: 3000 } as const;
    ground.scene.stack.faults.add(slow);
    for (let minute = 0; minute < 2; minute++) {
      const pressed = press(ground, sale);
      await ground.pass(1);
      await pressed;
    }
    await ground.pass(1);
  }),
];
