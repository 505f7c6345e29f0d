/** @module What a refusal means for the shopper, and what can be done about it. */

import type { Problem, Sale } from './api.ts';
import type { Texts } from './languages.ts';
import type { Barrier } from './page-state.ts';

export function refusalText(texts: Texts, problem: Problem, access: Sale['access'] = {}): string {
  const { code, largest } = problem;
  if (code === 'quantity-unavailable') return texts.fewerLeft(largest);
  if (code === 'not-eligible') return texts.notEligible(access);
  return texts.refused[code] ?? texts.somethingElse;
}

/** What the shopper has to do before there is a place for them. */
export function barrierText(texts: Texts, { code, isExpected }: Barrier, access: Sale['access']) {
  if (code === 'session-missing') return texts.signInFirst;
  return isExpected ? texts.codeFirst : refusalText(texts, { code }, access);
}
