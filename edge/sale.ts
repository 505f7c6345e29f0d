/** @module The paths below `/api/sales/`: an unknown sale ends here, whatever the path, and so does a hopeless buy. */

import { challengeRoute, ticketRoute } from './admission.ts';
import { blockedRefusal, comeBack, problem, wrongMethod } from './answers.ts';
import type { Asking } from './asking.ts';
import type { GateEvent, GateRequest, GateResponse, Outcome } from './event.ts';
import { passToApi } from './origin.ts';
import { disguised, isDisguised } from './plain-path.ts';
import { isBlocked } from './risk.ts';
import { sessionOf } from './session.ts';
import { readBlocked, readSale, type SaleEntry } from './store.ts';
import { ticketRefusal } from './ticket.ts';

/** A pause lasts minutes: soon enough to be among the first after it, late enough to be no load. */
const PAUSE_RETRY_SECONDS = 5;

/** Answers or passes `/api/sales/{sale}{…}`; the path is cut at its slashes, the sale's id at 3. */
export async function saleRoute(
  event: GateEvent,
  path: readonly string[],
  nowMs: number,
): Promise<Outcome> {
  const request = event.request;
  const saleId = path[3] as string;
  const entry = await readSale(saleId);
  if (!entry) return problem('unknown-sale', 'There is no such sale.');
  if (isDisguised(request.uri)) return disguised();
  if (path.length === 4) return statusRoute(request);
  const session = await sessionOf(request, nowMs);
  const step = stepOf(path);
  if (!step) return passToApi(request, session);
  const method = step === 'challenge' ? 'GET' : 'POST';
  if (request.method !== method) return wrongMethod(request, method);
  if (!session) return problem('session-missing', 'Begin a session first.');
  const asking = { event, saleId, entry, session, nowMs };
  if (step === 'orders') return buyRoute(asking, path[4] as string);
  if (nowMs >= entry.c) return closed();
  return step === 'ticket' ? ticketRoute(asking) : challengeRoute(asking);
}

/** Which of the steps to an order a path is, or nothing. */
function stepOf(path: readonly string[]): string | undefined {
  const last = path[path.length - 1] as string;
  const isStep =
    path.length === 6 ? last === 'orders' : path.length === 5 && /^(ticket|challenge)$/.test(last);
  return isStep ? last : undefined;
}

/** Public and cached, whoever asks: no session is read for the crowd that polls. */
function statusRoute(request: GateRequest): Outcome {
  return request.method === 'GET' ? passToApi(request, undefined) : wrongMethod(request, 'GET');
}

const closed = () => problem('closed', 'The sale is over.');

async function buyRoute(asking: Asking, doorKey: string): Promise<Outcome> {
  const refusal = shutRefusal(asking.entry, doorKey, asking.nowMs) || ticketRefusal(asking);
  if (refusal) return refusal;
  // Last, for it is a read of its own, and only who has everything else is worth it.
  const blocked = await readBlocked();
  return isBlocked(asking.event, blocked)
    ? blockedRefusal()
    : passToApi(asking.event.request, asking.session);
}

/** Why nobody at all, or nobody who has not seen the door open, may buy now; or nothing. */
function shutRefusal(entry: SaleEntry, doorKey: string, nowMs: number): GateResponse | undefined {
  if (nowMs < entry.o) {
    return problem('not-open', 'The sale has not opened.', 'opensAtEpochMs', entry.o);
  }
  if (nowMs >= entry.c) return closed();
  if (entry.p) return comeBack('paused', 'The sale is paused.', PAUSE_RETRY_SECONDS);
  if (doorKey !== entry.d) return problem('door-key-wrong', 'That is not the door key.');
  return undefined;
}
