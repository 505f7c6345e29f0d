/** @module Looks at each answer that a shopper gets: counts it, times it, and judges it. */

import type { Reply } from '../client.ts';
import { type Asked, breachOf, codeIn, isBehindGate, isError } from './contract.ts';
import type { Judged, Ledger, Told } from './ledger.ts';
import { GRANTED, REPEATED, SILENT } from './rules.ts';

/** What is known of the item that everybody wants. */
export type SaleFacts = {
  readonly saleId: string;
  readonly sku: string;
  readonly limit: number;
  readonly opensAt: number;
  readonly closesAt: number;
  /** How far the server's clock is ahead of this machine's, in ms. */
  readonly offset: number;
  /** When the first shoppers come, epoch ms at the server. */
  readonly startsAt: number;
};

/** Where it goes; k6's metrics, or a test's lists. */
export type Tell = {
  judge(judged: Judged): void;
  /** An answer to a press of Buy. */
  press(code: string): void;
  behindGate(ms: number): void;
  served(isError: boolean): void;
  order(): void;
  queueLag(ms: number): void;
};

/** Nobody buys so long before the opening by the machine's idea of the server's clock: it is right to some ms. */
const CLOCK_MS = 1_000;

export type Watcher = (asked: Asked, path: string, reply: Reply) => void;

/** @param now Epoch ms at the server */
export function watcher(facts: SaleFacts, ledger: Ledger, now: () => number, tell: Tell): Watcher {
  const granted = (told: Told) => {
    const at = now();
    if (!ledger.has(told.orderId)) tell.order();
    for (const judged of ledger.granted(told, at)) tell.judge(judged);
    const isEarly = at < facts.opensAt - CLOCK_MS;
    const why = isEarly ? `order ${told.orderId} was granted before the opening` : undefined;
    tell.judge({ rule: 'not-early', why });
  };
  const pressed = (reply: Reply) => {
    tell.press(pressCodeOf(reply));
    if (isBehindGate(reply)) tell.behindGate(reply.tookMs);
    const told = toldIn(reply);
    if (isGranted(reply) && told !== undefined) granted(told);
  };
  const looked = (path: string, reply: Reply) => {
    const orderId = path.split('/')[3] ?? '';
    // Who owns no such order only tries whether it can be seen; who asks for it is judged elsewhere.
    if (!ledger.has(orderId) || ![200, 404].includes(reply.status)) return;
    tell.judge(ledger.seen(orderId, toldIn(reply), now()));
  };
  return (asked, path, reply) => {
    if (!reply.wasSent) return;
    tell.served(isError(reply));
    tell.judge({ rule: 'contract', why: breachOf(asked, reply) });
    if (asked === 'buy') pressed(reply);
    if (asked === 'order') looked(path, reply);
    if (asked === 'cancel' && reply.status === 200) ledger.cancelled(path.split('/')[3] ?? '');
  };
}

const isGranted = ({ status }: Reply): boolean => status === 200 || status === 201;

/** The code of an answer to a press, or what stands for one. */
function pressCodeOf(reply: Reply): string {
  if (reply.status === 201) return GRANTED;
  if (reply.status === 200) return REPEATED;
  return reply.status === 0 ? SILENT : (codeIn(reply) ?? `status-${reply.status}`);
}

/** What an answer says of an order. */
function toldIn({ body }: Reply): Told | undefined {
  const { orderId, status, quantity, payByEpochMs } = body;
  return typeof orderId === 'string' && typeof status === 'string'
    ? {
        orderId,
        status,
        quantity: Number(quantity),
        payBy: typeof payByEpochMs === 'number' ? payByEpochMs : undefined,
      }
    : undefined;
}
