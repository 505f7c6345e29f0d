/** @module Tells the shop of each payment: signed, at least once, again and again until the shop says 2xx. */

import type { Payment } from './ledger.ts';
import { newId } from './ledger.ts';
import { mac } from './signature.ts';

export type WebhookOptions = {
  readonly key: string;
  readonly webhookUrl: string;
  readonly now: () => number;
  /** The pause after the first failure, in real time; it doubles each time, up to 30 s. */
  readonly firstRetryMs?: number;
  /** After this many tries an event is given up and stands among the undelivered. */
  readonly maxTries?: number;
};

/** An event that the shop has not accepted. */
export type Undelivered = {
  readonly eventId: string;
  readonly reference: string;
  readonly tries: number;
  /** What the last try ended with: a status, or 0 when there was no answer. */
  readonly lastStatus: number;
  readonly gaveUp: boolean;
};

export type Webhooks = {
  /** Sends the event of a payment, with retries, in the background. */
  announce(payment: Payment): void;
  /** Sends the same event again at once, once for each time, without retries; answers with the statuses. */
  redeliver(payment: Payment, times: number): Promise<readonly number[]>;
  undelivered(): readonly Undelivered[];
  /** Resolves when no delivery is under way any more. */
  settled(): Promise<void>;
  stop(): Promise<void>;
};

type Delivery = {
  readonly eventId: string;
  readonly payment: Payment;
  tries: number;
  lastStatus: number;
};

const FIRST_RETRY_MS = 250;
const MAX_RETRY_MS = 30_000;

/** With doubling from 250 ms to 30 s: five minutes. */
const MAX_TRIES = 16;

/** As patient as providers are. */
const TIMEOUT_MS = 10_000;

/** How many events are on their way at once: a provider does not flood a shop either. */
const AT_ONCE = 16;

export function webhooks(options: WebhookOptions): Webhooks {
  const { firstRetryMs = FIRST_RETRY_MS, maxTries = MAX_TRIES } = options;
  const stopped = new AbortController();
  const eventIds = new Map<string, string>();
  const open = new Map<string, Delivery>();
  const underWay = new Set<Promise<void>>();
  const enter = turnstile(AT_ONCE);

  const eventIdOf = ({ reference }: Payment): string => {
    const id = eventIds.get(reference) ?? newId('evt');
    eventIds.set(reference, id);
    return id;
  };

  const deliver = async (delivery: Delivery): Promise<void> => {
    while (delivery.tries < maxTries && !stopped.signal.aborted) {
      if (delivery.tries > 0) await pause(retryMs(firstRetryMs, delivery.tries), stopped.signal);
      delivery.lastStatus = await enter(() =>
        post(options, delivery.eventId, delivery.payment, stopped.signal),
      );
      delivery.tries++;
      if (isAccepted(delivery.lastStatus)) {
        open.delete(delivery.eventId);
        return;
      }
    }
  };

  return {
    announce(payment) {
      const delivery = { eventId: eventIdOf(payment), payment, tries: 0, lastStatus: 0 };
      open.set(delivery.eventId, delivery);
      const run = deliver(delivery).finally(() => underWay.delete(run));
      underWay.add(run);
    },
    redeliver: (payment, times) =>
      Promise.all(
        Array.from({ length: times }, () =>
          post(options, eventIdOf(payment), payment, stopped.signal),
        ),
      ),
    undelivered: () =>
      [...open.values()].map(({ eventId, payment, tries, lastStatus }) => {
        const gaveUp = tries >= maxTries;
        return { eventId, reference: payment.reference, tries, lastStatus, gaveUp };
      }),
    async settled() {
      while (underWay.size > 0) await Promise.all(underWay);
    },
    async stop() {
      stopped.abort();
      await Promise.all(underWay);
    },
  };
}

const isAccepted = (status: number): boolean => status >= 200 && status < 300;

/** One try. No answer counts as status 0. */
async function post(
  { key, webhookUrl, now }: WebhookOptions,
  id: string,
  payment: Payment,
  stopped: AbortSignal,
): Promise<number> {
  const body = JSON.stringify({ id, type: 'payment.succeeded', payment });
  const t = now();
  try {
    const response = await fetch(webhookUrl, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'x-payment-signature': `t=${t},v1=${mac(key, `webhook.${t}.${body}`)}`,
      },
      body,
      redirect: 'manual',
      signal: AbortSignal.any([stopped, AbortSignal.timeout(TIMEOUT_MS)]),
    });
    await response.body?.cancel();
    return response.status;
  } catch {
    return 0;
  }
}

/** Doubles with each try, and is half jitter. */
function retryMs(firstMs: number, tries: number): number {
  const full = Math.min(firstMs * 2 ** (tries - 1), MAX_RETRY_MS);
  return full * (0.5 + Math.random() / 2);
}

const pause = (ms: number, stopped: AbortSignal): Promise<void> =>
  new Promise((done) => {
    const end = () => {
      clearTimeout(timer);
      stopped.removeEventListener('abort', end);
      done();
    };
    const timer = setTimeout(end, ms);
    stopped.addEventListener('abort', end);
  });

/** Lets so many run at once; the others wait in line. */
function turnstile(places: number) {
  const line: (() => void)[] = [];
  let free = places;
  return async <T>(run: () => Promise<T>): Promise<T> => {
    if (free === 0) await new Promise<void>((turn) => line.push(turn));
    else free--;
    try {
      return await run();
    } finally {
      const next = line.shift();
      if (next) next();
      else free++;
    }
  };
}
