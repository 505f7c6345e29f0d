/** @module From an order to its payment: the checkout, the provider's own page and form, and a look at what became of it. */

import type { Reply } from './client.ts';
import { sleep } from './patience.ts';
import { pauseAfter, type Shopper, type World } from './shopper.ts';

/** How long the page waits for the provider's word, and how it looks for it: soon, then ever more rarely. */
const WORD_MS = 30_000;
const lookAfterMs = (looks: number): number => Math.min(800 * 1.5 ** looks, 5_000);

const MOST_TRIES = 20;

/** The state of an order, or nothing when it cannot be seen. */
export async function look(world: World, shopper: Shopper, orderId: string) {
  const path = `/api/orders/${orderId}`;
  const { body } = await patiently(world, shopper, () =>
    world.client.ask('order', 'GET', path, { headers: { cookie: shopper.cookie } }),
  );
  return typeof body['status'] === 'string' ? body['status'] : undefined;
}

/** Pays an order, and waits until the shop knows. @returns whether it does */
export async function pay(world: World, shopper: Shopper, orderId: string): Promise<boolean> {
  const path = `/api/orders/${orderId}/checkout`;
  const { body } = await patiently(world, shopper, () =>
    world.client.ask('checkout', 'POST', path, { headers: { cookie: shopper.cookie } }),
  );
  if (typeof body['redirectUrl'] !== 'string') return false;
  await submit(world, new URL(body['redirectUrl']));
  return isPaid(world, shopper, orderId);
}

/** Opens the provider's page, and sends its form as the button does. */
async function submit({ client }: World, page: URL): Promise<void> {
  await client.ask('provider', 'GET', page.href);
  const form = new URLSearchParams({ token: page.searchParams.get('token') ?? '', action: 'pay' });
  await client.ask('provider', 'POST', new URL('/checkout/pay', page).href, {
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: String(form),
  });
}

async function isPaid(world: World, shopper: Shopper, orderId: string): Promise<boolean> {
  const giveUpAt = performance.now() + WORD_MS;
  for (let looks = 0; performance.now() < giveUpAt; looks++) {
    await sleep(lookAfterMs(looks) * (1 + shopper.chance() / 2));
    if ((await look(world, shopper, orderId)) === 'PAID') return true;
  }
  return false;
}

/** Asks again as long as the answer asks for patience. */
async function patiently(
  { door }: World,
  shopper: Shopper,
  ask: () => Promise<Reply>,
): Promise<Reply> {
  const giveUpAt = performance.now() + door.patienceMs;
  for (let tries = 1; ; tries++) {
    const reply = await ask();
    const isUndecided = [0, 429, 502, 503, 504].includes(reply.status);
    if (!isUndecided || tries >= MOST_TRIES || performance.now() > giveUpAt) return reply;
    await sleep(pauseAfter(shopper, reply));
  }
}
