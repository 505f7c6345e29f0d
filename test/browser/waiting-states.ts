/** @module The states of the sale page before the opening, and what stands between a shopper and a place. */

import type { State } from './states.ts';
import { type Answers, aSale, aStatus, aTicket, HOUR, refused } from './stub-answers.ts';

const opensIn = (ms: number, changes: object = {}): (() => Partial<Answers>) => {
  const opensAtEpochMs = Date.now() + ms;
  return () => ({
    sale: { body: aSale({ opensAtEpochMs, slotWidthMs: 60_000, ...changes }) },
    status: aStatus('scheduled'),
    ticket: aTicket(ms + 12_000),
    flag: { text: 'window.flashSale={"saleStarted":false};' },
  });
};

export const WAITING_STATES: Readonly<Record<string, State>> = {
  waiting: {
    answers: () => opensIn(15 * 60_000)(),
    reaches: 'waiting',
    says: /opens soon[\s\S]*Your turn: .*12 seconds after the opening/,
  },
  drawing: {
    answers: () => ({
      ...opensIn(HOUR, { draw: { source: 'drand' } })(),
      ticket: refused(403, 'not-open', { opensAtEpochMs: Date.now() + HOUR }),
    }),
    reaches: 'drawing',
    says: /Places are being drawn/,
  },
  code: {
    answers: () => opensIn(15 * 60_000, { access: { code: true } })(),
    reaches: 'code-wrong',
    says: /asks for a code[\s\S]*Your code/,
  },
  'code-wrong': {
    answers: () => ({
      ...opensIn(15 * 60_000, { access: { code: true } })(),
      ticket: refused(403, 'code-wrong'),
    }),
    reaches: 'code-wrong',
    act: async (page) => {
      await page.locator('#code').fill(' lamplight ');
      await page.locator('#code-form button').click();
      await page.locator('#code[aria-invalid="true"]').waitFor();
    },
    says: /This code does not fit/,
  },
  captcha: {
    answers: () => ({
      ...opensIn(15 * 60_000, { access: { captcha: true } })(),
      ticket: { status: 405, body: '<html>' },
    }),
    reaches: 'captcha-required',
    says: /Show that you are human/,
  },
  'sign-in': {
    answers: () => ({
      ...opensIn(15 * 60_000, {
        signIn: { issuer: 'https://login.test', clientId: 'shop' },
      })(),
      session: refused(401, 'session-missing'),
    }),
    reaches: 'session-missing',
    says: /Signing in now saves you the time[\s\S]*Sign in/,
  },
  'not-eligible': {
    answers: () => ({
      ...opensIn(15 * 60_000, { access: { memberships: ['gold', 'silver'] } })(),
      ticket: refused(403, 'not-eligible'),
    }),
    reaches: 'not-eligible',
    says: /for members \(gold, silver\)/,
  },
  'too-young': {
    answers: () => ({
      ...opensIn(15 * 60_000, { access: { accountAgeDays: 30 } })(),
      ticket: refused(403, 'not-eligible'),
    }),
    reaches: 'not-eligible',
    says: /at least 30 days old/,
  },
  blocked: {
    answers: () => ({ session: refused(403, 'blocked') }),
    reaches: 'blocked',
    says: /does not accept your connection/,
  },
};
