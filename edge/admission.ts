/** @module Who gets a challenge and a ticket: whom the sale is for, and how much the gate wants to see of them first. */

import { blockedRefusal, problem } from './answers.ts';
import type { Asking } from './asking.ts';
import { issueChallenge, solutionOf } from './challenge.ts';
import type { GateResponse } from './event.ts';
import { header } from './headers.ts';
import { isBlocked, levelOf, NO_LEVEL } from './risk.ts';
import { sha256 } from './signature.ts';
import { type Blocked, readBlocked } from './store.ts';
import { issueTicket } from './ticket.ts';

/** Until so long before the opening a draw is waited for; from then on the seed decides alone. */
const DRAW_MS = 60_000;

const DETAIL = {
  'not-eligible': 'This sale is for others.',
  'code-wrong': 'This sale asks for the code that was announced.',
  'captcha-required': 'Solve the CAPTCHA first.',
  'challenge-failed': 'Ask for a new challenge and solve it.',
};

type Reason = keyof typeof DETAIL;

export async function challengeRoute(asking: Asking): Promise<GateResponse> {
  const blocked = await readBlocked();
  if (isBlocked(asking.event, blocked)) return blockedRefusal();
  const level = levelOf(asking, blocked, 0);
  return level < NO_LEVEL ? issueChallenge(asking, level) : blockedRefusal();
}

export async function ticketRoute(asking: Asking): Promise<GateResponse> {
  const entry = asking.entry;
  if (entry.n && asking.nowMs < entry.o - DRAW_MS) {
    return problem('not-open', 'The slots are not drawn yet.', 'opensAtEpochMs', entry.o);
  }
  const blocked = await readBlocked();
  if (isBlocked(asking.event, blocked)) return blockedRefusal();
  const reason = exclusion(asking) || doubt(asking, blocked);
  if (reason === 'blocked') return blockedRefusal();
  return reason ? problem(reason, DETAIL[reason]) : issueTicket(asking);
}

/** What the sale's own rules have against a shopper. */
function exclusion(asking: Asking): Reason | undefined {
  const entry = asking.entry;
  const session = asking.session;
  const request = asking.event.request;
  const isMember = !entry.m || entry.m.indexOf(session.membership) >= 0;
  if (!isMember || (entry.b && !(session.createdAt <= entry.b))) return 'not-eligible';
  if (entry.h && entry.h !== sha256(`${asking.saleId}.${header(request, 'x-code')}`)) {
    return 'code-wrong';
  }
  const isHuman = !entry.k || header(request, 'x-amzn-waf-captcha');
  return isHuman ? undefined : 'captcha-required';
}

/** What a client still has to prove. A sign that shows only now asks for a harder challenge than was solved. */
function doubt(asking: Asking, blocked: Blocked): Reason | 'blocked' | undefined {
  if (!asking.entry.x) return levelOf(asking, blocked, 0) < NO_LEVEL ? undefined : 'blocked';
  const solution = solutionOf(asking);
  if (!solution) return 'challenge-failed';
  const level = levelOf(asking, blocked, solution.pace);
  if (level === NO_LEVEL) return 'blocked';
  return solution.level < level ? 'challenge-failed' : undefined;
}
