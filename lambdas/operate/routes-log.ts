/** @module The operators' log, by day; and who is looking at it. */

import { problem } from '../problem.ts';
import { type Asked, at, ok, type Route } from './route.ts';

export const LOG_ROUTES: readonly Route[] = [
  { method: 'GET', path: '/me', run: async ({ operator }) => ok({ name: operator.name }) },
  { method: 'GET', path: '/log/{day}', run: log },
];

/** A UTC day. */
const DAY = /^20\d\d-\d\d-\d\d$/;

async function log(asked: Asked) {
  const day = at(asked, 'day');
  if (!DAY.test(day)) return problem('bad-request', `"${day}" is no day: it must be YYYY-MM-DD`);
  const entries = await asked.deployed.journal.read(day);
  return ok({
    day,
    entries: entries.map(({ at: atEpochMs, ...entry }) => ({ ...entry, atEpochMs })),
  });
}
