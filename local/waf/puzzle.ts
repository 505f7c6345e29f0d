/**
 * @module
 * Challenge and CAPTCHA, without the puzzle: a page that sets the token, at once or when its button is pressed. What
 * asks for no HTML gets the status alone, as on AWS.
 *
 * @see https://docs.aws.amazon.com/waf/latest/developerguide/waf-captcha-and-challenge-actions.html
 */

import type { HttpResponse } from '../http-message.ts';
import { cookieOf, type WafRequest } from './field.ts';

export type Puzzle = {
  readonly kind: 'challenge' | 'captcha';
  /** How long a solution counts: the life of the cookie, on the browser's own clock. */
  readonly immunitySeconds: number;
};

const COOKIE = 'aws-waf-token';

/** Tokens that stand for a solution. Who has solved a CAPTCHA is asked for no challenge, the other way round is not so. */
const SOLVED = { challenge: ['local-challenged', 'local-solved'], captcha: ['local-solved'] };

const STATUS = { challenge: 202, captcha: 405 };

export const isSolved = ({ kind }: Puzzle, request: WafRequest): boolean =>
  SOLVED[kind].includes(cookieOf(request, COOKIE) ?? '');

/** What whoever has not solved it is answered. */
export function puzzleAnswer(puzzle: Puzzle, request: WafRequest): HttpResponse {
  const { kind } = puzzle;
  const headers = { 'x-amzn-waf-action': kind, 'cache-control': 'no-store' };
  const status = STATUS[kind];
  if (!request.headers['accept']?.includes('text/html')) return { status, headers, body: '' };
  return {
    status,
    headers: { ...headers, 'content-type': 'text/html; charset=utf-8' },
    body: pageOf(puzzle),
  };
}

function pageOf({ kind, immunitySeconds }: Puzzle): string {
  const cookie = `${COOKIE}=${SOLVED[kind][0]}; Path=/; Max-Age=${immunitySeconds}; SameSite=Lax`;
  const isCaptcha = kind === 'captcha';
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${isCaptcha ? 'Are you human?' : 'One moment'}</title>
<h1>${isCaptcha ? 'Are you human?' : 'One moment'}</h1>
${isCaptcha ? '<p>This stands for a CAPTCHA of AWS WAF.</p><button type="button">I am human</button>' : ''}
<script>
  const solve = () => { document.cookie = ${JSON.stringify(cookie)}; location.reload(); };
  ${isCaptcha ? "document.querySelector('button').addEventListener('click', solve);" : 'solve();'}
</script>
`;
}
