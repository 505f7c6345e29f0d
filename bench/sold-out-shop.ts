/** @module A sale whose last unit is gone, and the crowd that comes too late. */

import { type LocalSale, startLocalSale } from '../cli/local-sale.ts';
import { type Asked, ask } from './asker.ts';
import { presses } from './buyers.ts';
import { enterAsGuest, type Guest } from './guest.ts';
import { openSale } from './open-sale.ts';

const UNITS = 10;

/** Shoppers who come in turn: none of them is remembered by anything. */
const CROWD = 2_000;

const CONNECTIONS = 64;

/** Until the end of the stock is proven: a second or two, in which shoppers are told to come again. */
const PATIENCE_MS = 30_000;

export type SoldOutShop = {
  readonly local: LocalSale;
  /** Has the crowd press Buy for so long. @throws {Error} where anybody hears anything but "sold out" */
  press(ms: number): Promise<Asked>;
};

export async function openSoldOut(): Promise<SoldOutShop> {
  const sale = openSale(UNITS, Date.now());
  // Whoever measures what the function can do is not to be stopped by its usage plan.
  const local = await startLocalSale({ sale, throttles: false });
  try {
    await sellAll(local);
    const late = await enterAsGuest(local.stack.siteUrl, sale.id);
    const crowd = await presses(local, CROWD);
    return {
      local,
      async press(ms) {
        const asked = await ask({
          ...{ origin: local.stack.siteUrl, requests: crowd, each: 'again' },
          ...{ status: 409, connections: CONNECTIONS, ms },
        });
        // Other refusals have the same status.
        const code = await codeOf(local, late);
        if (code !== 'sold-out')
          throw new Error(`Cannot measure rejects: "${code}" in their place`);
        return asked;
      },
    };
  } catch (error) {
    await local.stop();
    throw error;
  }
}

/** Sells every unit, and waits until it is known that none is left. */
async function sellAll(local: LocalSale): Promise<void> {
  const deadline = performance.now() + PATIENCE_MS;
  let sold = 0;
  for (;;) {
    const code = await codeOf(local, await enterAsGuest(local.stack.siteUrl, local.sale.id));
    if (code === 'sold-out' && sold === UNITS) return;
    if (code === undefined) sold += 1;
    else await new Promise((resolve) => setTimeout(resolve, 100));
    if (performance.now() < deadline) continue;
    throw new Error(`Cannot sell out: ${sold} of ${UNITS} units are sold, then "${code}"`);
  }
}

/** What a press of Buy is refused with, or nothing where it is an order. */
async function codeOf({ stack, sale }: LocalSale, guest: Guest): Promise<string | undefined> {
  const path = `/api/sales/${sale.id}/${sale.doorKey}/orders?sku=${sale.items[0]?.sku}`;
  const headers = { cookie: guest.cookie, 'x-ticket': guest.ticket };
  const response = await fetch(`${stack.siteUrl}${path}`, { method: 'POST', headers });
  return ((await response.json()) as { code?: string }).code;
}
