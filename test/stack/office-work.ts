/** @module Everything that operators can do by their page, done once. */

import { askAs } from './office.ts';
import { MINUTE_MS, type Scene } from './scene.ts';

/** Does it. @throws {Error} naming what was refused */
export async function workOffice(scene: Scene, token: string): Promise<void> {
  const ask = async (method: string, path: string, body?: object) => {
    const reply = await askAs(scene, token, method, path, body);
    if (reply.status < 300) return reply.body;
    throw new Error(`Cannot ${method} ${path}: ${reply.status} ${reply.text}`);
  };
  const now = scene.stack.clock.now();
  await ask('PUT', '/products/DESK', { name: 'Desk', price: 900, currency: 'EUR', total: 90 });
  await ask('PUT', '/products/DESK', { name: 'Desk', price: 950, currency: 'EUR', total: 90 });
  const sale = {
    ...{ id: 'planned', title: 'Planned', currency: 'EUR', timeZone: 'UTC' },
    opensAt: new Date(now + 5 * MINUTE_MS).toISOString(),
    closesAt: new Date(now + 20 * MINUTE_MS).toISOString(),
    items: [{ product: 'DESK', units: 8, limit: 1 }],
  };
  await ask('POST', '/drafts/check', { sale });
  const { version } = await ask('PUT', '/drafts/planned', { version: 0, sale });
  await ask('POST', '/drafts/planned/publish', { version });
  await ask('POST', '/sales/planned/pause');
  await ask('POST', '/sales/planned/resume', { inSeconds: 60 });
  await ask('POST', '/sales/planned/restock', { sku: 'DESK', units: 2, grant: 1 });
  await ask('POST', '/sales/planned/extend', { closesAtEpochMs: now + 30 * MINUTE_MS });
  for (const part of ['', '/events', '/audit', '/refunds', '/report']) {
    await ask('GET', `/sales/planned${part}`);
  }
  for (const path of ['/me', '/sales', '/products', '/drafts', '/log/2026-01-01']) {
    await ask('GET', path);
  }
  await ask('POST', '/sales/planned/close');
}

/** A payment that came too late is given back. */
export async function approveLate(scene: Scene, token: string, id: string): Promise<void> {
  const opensAt = scene.stack.clock.now() - 1000;
  const sale = { id, opensAt, refunds: 'approval', items: [{ units: 1 }] } as const;
  const { doorKey } = await scene.publishBare(sale);
  const [slow, quick] = [await scene.enter(), await scene.enter()];
  const lost = await slow.order(id, { doorKey });
  const paying = await slow.token(lost);
  await slow.cancel(lost);
  // What others were told of the stock is a second old at most.
  await scene.stack.clock.advance(2000);
  await scene.order(quick, id, { doorKey });
  const { reference: payment } = await scene.pay(paying);
  await askAs(scene, token, 'POST', `/sales/${id}/refunds`, { payment });
}
