/** @module From the click on Buy to an order or a refusal, as the page does it. */

import type { ShopperAnswer } from '../domain/audit-answers.ts';
import { takeTicket } from './admission.ts';
import type { Reply } from './client.ts';
import { sleep } from './patience.ts';
import { enter, findDoor, headersOf, pauseAfter, type Shopper, type World } from './shopper.ts';

/** What a buy came to: an order, or the last refusal. */
export type Bought = {
  readonly orderId: string | undefined;
  readonly status: string | undefined;
  readonly code: string | undefined;
};

/** As many as the page. */
const MOST_TRIES = 40;

/** What to do about a refusal. */
type Move = 'fewer' | 'wait' | 'ticket' | 'session' | 'door';

/** Whatever is not listed is final. */
const MOVES: Readonly<Record<string, Move>> = {
  'quantity-unavailable': 'fewer',
  busy: 'wait',
  'not-your-turn': 'wait',
  'too-many-requests': 'wait',
  'not-open': 'wait',
  paused: 'wait',
  unavailable: 'wait',
  unreachable: 'wait',
  'ticket-invalid': 'ticket',
  'ticket-expired': 'ticket',
  'challenge-failed': 'ticket',
  'session-missing': 'session',
  'door-key-wrong': 'door',
};

/** After these there may be an order that the shopper knows nothing of. */
const LOST = new Set<string | undefined>(['unreachable', 'unavailable']);

/** A buy that goes on. */
type Attempt = {
  readonly world: World;
  readonly shopper: Shopper;
  /** How many units it is for now. */
  readonly quantity: number;
  /** Whether an earlier answer may have been lost. */
  readonly again: boolean;
};

/** Buys, and tries again where that makes sense. Takes the largest quantity that there is, where there are too few. */
export async function buy(world: World, shopper: Shopper): Promise<Bought> {
  const giveUpAt = performance.now() + world.door.patienceMs;
  let attempt: Attempt = { world, shopper, quantity: shopper.quantity, again: false };
  for (let tries = 1; ; tries++) {
    const reply = (await takeTicket(world, shopper)) ?? (await press(attempt));
    const bought = boughtIn(reply);
    const move = MOVES[bought.code ?? ''];
    if (move === undefined || tries >= MOST_TRIES || performance.now() > giveUpAt) return bought;
    const quantity = await MAKE[move](attempt, reply);
    if (quantity === 0) return bought;
    attempt = { ...attempt, quantity, again: attempt.again || LOST.has(bought.code) };
  }
}

/** Each prepares the next try, and says for how many units it is; 0 when there is none. */
const MAKE: Readonly<Record<Move, (attempt: Attempt, reply: Reply) => Promise<number>>> = {
  fewer: async ({ quantity }, { body }) => {
    const largest = Number(body['largest'] ?? 0);
    return largest < quantity ? largest : 0;
  },
  wait: async ({ shopper, quantity }, reply) => {
    await sleep(pauseAfter(shopper, reply));
    return quantity;
  },
  ticket: async ({ shopper, quantity }) => {
    shopper.ticket = undefined;
    return quantity;
  },
  session: async ({ world, shopper, quantity }) => {
    shopper.cookie = '';
    // Both are bound to the session that is no more.
    shopper.solution = undefined;
    shopper.ticket = undefined;
    await enter(world, shopper);
    return quantity;
  },
  door: async ({ world, shopper, quantity }) => {
    shopper.doorKey = undefined;
    await findDoor(world, shopper);
    return quantity;
  },
};

/** One click, or two at the same time: of two answers the one that counts, an order before a refusal. */
async function press(attempt: Attempt): Promise<Reply> {
  const first = click(attempt);
  if (!attempt.shopper.doubleClicks) return first;
  const [one, other] = await Promise.all([first, click(attempt)]);
  return isGranted(other) && !isGranted(one) ? other : one;
}

const isGranted = ({ status }: Reply): boolean => status === 200 || status === 201;

async function click({ world, shopper, quantity, again }: Attempt): Promise<Reply> {
  const { client, door } = world;
  const wanted = { sku: shopper.sku, quantity: String(quantity), ...(again && { again: '1' }) };
  const query = new URLSearchParams(wanted);
  const path = `/api/sales/${door.saleId}/${shopper.doorKey ?? 'unknown'}/orders?${query}`;
  const { ticket } = shopper;
  const headers = { ...headersOf(shopper), 'x-ticket': ticket?.token ?? '' };
  // A browser has a line of its own, and no ticket grows old in it.
  const isStale = () => ticket !== undefined && world.time() >= ticket.expires;
  const reply = await client.ask('buy', 'POST', path, { headers, isStale });
  if (reply.wasSent) world.note(answerOf(world, shopper, quantity, reply), reply.tookMs);
  return reply;
}

function answerOf(
  { time }: World,
  { name, sku }: Shopper,
  quantity: number,
  reply: Reply,
): ShopperAnswer {
  const at = time();
  const code = codeOf(reply);
  return {
    shopper: name,
    sku,
    quantity,
    // The time was measured to some milliseconds: an answer is not called late for these.
    askedAt: Math.floor(at - reply.tookMs),
    at: Math.ceil(at),
    status: reply.status,
    ...(code !== undefined && { code }),
    ...saidOfOrder(reply.body),
  };
}

/** What the body of an answer to Buy says that the audit judges. */
export const saidOfOrder = ({ orderId, payByEpochMs, largest }: Reply['body']) => ({
  ...(typeof orderId === 'string' && { orderId }),
  ...(typeof payByEpochMs === 'number' && { payByEpochMs }),
  ...(typeof largest === 'number' && { largest }),
});

/** The problem's code; `unreachable` when there was no answer, the status when the answer had no code. */
function codeOf(reply: Reply): string | undefined {
  if (!reply.wasSent) return 'ticket-expired';
  if (isGranted(reply)) return undefined;
  if (reply.status === 0) return 'unreachable';
  const { code } = reply.body;
  return typeof code === 'string' ? code : `status-${reply.status}`;
}

function boughtIn(reply: Reply): Bought {
  const { orderId, status } = reply.body;
  return {
    orderId: isGranted(reply) && typeof orderId === 'string' ? orderId : undefined,
    status: typeof status === 'string' ? status : undefined,
    code: codeOf(reply),
  };
}
