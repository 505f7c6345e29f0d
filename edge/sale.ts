/** @module The paths below `/api/sales/`: an unknown sale ends here, whatever the path, and so does a hopeless buy. */

import { comeBack, problem, wrongMethod } from './answers.ts';
import type { GateRequest, GateResponse, Outcome } from './event.ts';
import { passToApi } from './origin.ts';
import { disguised, isDisguised } from './plain-path.ts';
import { type Session, sessionOf } from './session.ts';
import { readSale, type SaleEntry } from './store.ts';
import { issueTicket, ticketRefusal } from './ticket.ts';

/** A pause lasts minutes: soon enough to be among the first after it, late enough to be no load. */
const PAUSE_RETRY_SECONDS = 5;

/** Answers or passes `/api/sales/{sale}{…}`; the path is cut at its slashes, the sale's id at 3. */
export async function saleRoute(
  request: GateRequest,
  path: readonly string[],
  nowMs: number,
): Promise<Outcome> {
  const id = path[3] as string;
  const entry = await readSale(id);
  if (!entry) return problem('unknown-sale', 'There is no such sale.');
  if (isDisguised(request.uri)) return disguised();
  if (path.length === 4) return statusRoute(request);
  const session = await sessionOf(request, nowMs);
  if (path.length === 5 && path[4] === 'ticket') {
    return ticketRoute(request, id, entry, session, nowMs);
  }
  if (path.length === 6 && path[5] === 'orders') {
    return buyRoute(request, path, entry, session, nowMs);
  }
  return passToApi(request, session);
}

/** Public and cached, whoever asks: no session is read for the crowd that polls. */
function statusRoute(request: GateRequest): Outcome {
  return request.method === 'GET' ? passToApi(request, undefined) : wrongMethod(request, 'GET');
}

const noSession = () => problem('session-missing', 'Begin a session first.');
const closed = () => problem('closed', 'The sale is over.');

function ticketRoute(
  request: GateRequest,
  id: string,
  entry: SaleEntry,
  session: Session | undefined,
  nowMs: number,
): Outcome {
  if (request.method !== 'POST') return wrongMethod(request, 'POST');
  if (!session) return noSession();
  if (nowMs >= entry.c) return closed();
  return issueTicket(id, entry, session, nowMs);
}

function buyRoute(
  request: GateRequest,
  path: readonly string[],
  entry: SaleEntry,
  session: Session | undefined,
  nowMs: number,
): Outcome {
  if (request.method !== 'POST') return wrongMethod(request, 'POST');
  if (!session) return noSession();
  const shut = shutRefusal(entry, path[4] as string, nowMs);
  if (shut) return shut;
  const ticket = request.headers['x-ticket'];
  const refusal = ticketRefusal(ticket?.value, path[3] as string, entry, session, nowMs);
  return refusal || passToApi(request, session);
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
