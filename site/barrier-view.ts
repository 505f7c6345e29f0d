/** @module What stands between the shopper and a place, and the way past it: a code, a CAPTCHA, signing in. */

import { byId, say } from './dom.ts';
import { texts } from './language.ts';
import { type Page, stageOf } from './page-state.ts';
import { barrierText } from './refusals.ts';

export type BarrierActions = {
  enterCode(text: string): void;
  signIn(): void;
};

/** Who may not take part as who they are may be somebody else. */
const SIGN_IN_HELPS = /^(session-missing|not-eligible|sign-in-.*)$/;

export function barrierView(actions: BarrierActions): { show(page: Page): void } {
  const code = byId('code') as HTMLInputElement;
  byId('code-form').addEventListener('submit', (event) => {
    event.preventDefault();
    actions.enterCode(code.value);
  });
  byId('sign-in').addEventListener('click', () => actions.signIn());
  return {
    show(page) {
      const { barrier, sale } = page;
      const isShown = barrier !== undefined && stageOf(page) !== 'closed';
      byId('barrier').hidden = !isShown;
      if (!isShown) return;
      const wantsCode = barrier.code === 'code-wrong';
      byId('code-form').hidden = !wantsCode;
      const isWrong = wantsCode && !barrier.isExpected;
      code.setAttribute('aria-invalid', String(isWrong));
      code.setAttribute('aria-describedby', isWrong ? 'barrier-text code-hint' : 'code-hint');
      byId('human').hidden = barrier.code !== 'captcha-required';
      byId('sign-in').hidden = !sale?.signIn || !SIGN_IN_HELPS.test(barrier.code);
      byId('barrier').dataset['kind'] = isWrong || barrier.code === 'blocked' ? 'refused' : 'asked';
      say(byId('barrier-text'), barrierText(texts(), barrier, sale?.access));
    },
  };
}
