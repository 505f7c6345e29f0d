/** @module The ways in which one AWS call goes wrong. */

import type { CallFault } from '../../local/faults.ts';

/** The SDK clients try twice: what strikes twice makes the call fail. */
const ATTEMPTS = 2;

type Way = Pick<CallFault, 'action'> & {
  /** How many attempts it strikes. */
  readonly times: number;
  /** Only a call that changes something goes wrong in a way of its own after it took effect. */
  readonly writesOnly?: true;
};

export const KINDS = {
  'killed before': { action: 'kill-before', times: 1 },
  'killed after': { action: 'kill-after', times: 1, writesOnly: true },
  'answer lost once': { action: 'error-after', times: 1, writesOnly: true },
  'answers lost': { action: 'error-after', times: ATTEMPTS, writesOnly: true },
  'throttled once': { action: 'throttle', times: 1 },
  throttled: { action: 'throttle', times: ATTEMPTS },
  'refused with 5xx': { action: 'error-before', times: ATTEMPTS },
  'silent once': { action: 'hang', times: 1 },
  silent: { action: 'hang', times: ATTEMPTS },
} as const satisfies Record<string, Way>;

export type Kind = keyof typeof KINDS;

const READ = /^(Get|BatchGet|Query)/;

/** The ways in which a call of an operation goes wrong. */
export const kindsOf = (operation: string): readonly Kind[] =>
  (Object.keys(KINDS) as Kind[]).filter(
    (kind) => !(READ.test(operation) && 'writesOnly' in KINDS[kind]),
  );
