/** @module ID tokens of shoppers, where a deployment wants them to sign in: one for each, from a file. */

import type { Settings } from './settings.ts';

/** An ID token, as issuers sign them. */
const TOKEN = /^[\w-]+\.[\w-]+\.[\w-]+$/;

/**
 * Reads a file of tokens: one a line; empty lines and lines that begin with `#` are left out.
 *
 * @throws {Error} naming the line, never the token
 */
export function tokensIn(text: string): readonly string[] {
  const lines = text.split('\n').map((line, index) => ({ line: line.trim(), number: index + 1 }));
  const tokens = lines.filter(({ line }) => line !== '' && !line.startsWith('#'));
  const wrong = tokens.find(({ line }) => !TOKEN.test(line));
  if (wrong === undefined) return tokens.map(({ line }) => line);
  throw new Error(`Cannot read TOKENS: line ${wrong.number} is no ID token`);
}

/** How many shoppers each role plays at most, in the order in which tokens are dealt. */
export function rolesOf(settings: Settings): readonly (readonly [string, number])[] {
  const { scenario, shoppers, rate, durationSeconds, doubleRate, vus, pollers } = settings;
  // One more than the rate times the time: k6 may begin one at each end.
  const coming = (perSecond: number) => perSecond * durationSeconds + 1;
  switch (scenario) {
    case 'spike':
      return [['visit', shoppers]];
    case 'tail':
      return [['visit', coming(rate)]];
    case 'abuse':
      return [
        ['visit', coming(rate)],
        ['double', coming(doubleRate)],
        // Numbered by virtual user, and each needs two: its own, and another's.
        ['thief', 2 * (3 * vus + pollers + 1)],
        ['poller', 3 * vus + pollers + 1],
      ];
  }
}

/** @throws {Error} where there are fewer than shoppers; none at all means guests */
export function refuseTooFew(settings: Settings, tokens: number): void {
  const wanted = rolesOf(settings).reduce((sum, [, count]) => sum + count, 0);
  if (tokens === 0 || tokens >= wanted) return;
  throw new Error(`Cannot run: TOKENS has ${tokens} tokens, and ${wanted} shoppers need one each`);
}

/** Whose token it is: which of a role's. */
export function tokenIndex(settings: Settings, role: string, index: number): number {
  const roles = rolesOf(settings);
  const before = roles.slice(
    0,
    roles.findIndex(([name]) => name === role),
  );
  return before.reduce((sum, [, count]) => sum + count, index);
}
