/** @module From a session to a place: asks for a ticket until there is one, and says what stands in the way. */

import type { Admission } from './admission.ts';
import type { Problem, Ticket } from './api.ts';
import type { Page } from './page-state.ts';
import { jittered, retryDelayMs } from './waiting.ts';
import { pause } from './waking.ts';

/** A draw takes minutes; a crowd that waits for it should not be a load. */
const DRAWN_EVERY_MS = 15_000;

/** Each level of the challenge can be asked for once; what fails then will not succeed. */
const MAX_FAILURES = 3;

type Lack = 'draw' | 'shopper' | 'renewal' | 'time' | 'end';

const LACKS: Readonly<Record<string, Lack>> = {
  'not-open': 'draw',
  'code-wrong': 'shopper',
  'captcha-required': 'shopper',
  'not-eligible': 'shopper',
  blocked: 'shopper',
  'challenge-failed': 'renewal',
  'session-missing': 'renewal',
  'unknown-sale': 'end',
  closed: 'end',
};

/** What it takes to get a place, and where to show it. */
type Entering = {
  readonly page: Page;
  readonly admission: Admission;
  readonly isOver: () => boolean;
  readonly redraw: () => void;
};

/** Puts the shopper's place on the page; false when the sale is over before. Asks nobody while the ticket is good. */
export async function takePlace(entering: Entering): Promise<boolean> {
  const { page, admission, isOver, redraw } = entering;
  if (page.sale?.access?.code) await expectCode(entering);
  let failures = 0;
  for (let attempt = 0; !isOver(); attempt++) {
    const answer = await admission.ticket();
    page.isDrawing = !answer.ok && answer.problem.code === 'not-open';
    if (answer.ok) return arrive(entering, answer.value);
    const lack = lackOf(answer.problem, failures);
    if (lack === 'end') return false;
    failures += Number(lack === 'renewal');
    page.barrier = lack === 'shopper' ? { code: answer.problem.code } : undefined;
    redraw();
    await makeUp(lack, answer.problem, attempt, admission);
  }
  return false;
}

function arrive({ page, redraw }: Entering, place: Ticket): true {
  page.barrier = undefined;
  page.place = place;
  redraw();
  return true;
}

/** What is missing for a ticket: something of the shopper's, or something that the page can wait for or renew. */
function lackOf({ code }: Problem, failures: number): Lack {
  const lack = LACKS[code] ?? 'time';
  const most = code === 'session-missing' ? 1 : MAX_FAILURES;
  return lack === 'renewal' && failures >= most ? 'shopper' : lack;
}

/** Asked for before anything is sent: the page knows that it takes a code. */
async function expectCode({ page, admission, redraw }: Entering): Promise<void> {
  while (admission.code === undefined) {
    page.barrier = { code: 'code-wrong', isExpected: true };
    redraw();
    await pause();
  }
}

async function makeUp(
  lack: Lack,
  { code, retryAfterSeconds }: Problem,
  attempt: number,
  admission: Admission,
): Promise<void> {
  if (lack === 'shopper') return pause();
  if (lack === 'draw') return pause(jittered(DRAWN_EVERY_MS));
  if (lack === 'renewal')
    await admission.renew(code === 'session-missing' ? 'session' : 'solution');
  await pause(retryDelayMs(attempt, retryAfterSeconds));
}
