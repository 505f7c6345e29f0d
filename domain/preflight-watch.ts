/** @module Preflight of what is looked at in the last hours: schedules, alarms, what has been left undone. */

import type {
  AlarmFacts,
  Scheduled,
  ScheduleFacts,
  ScheduleWanted,
  Undone,
} from './preflight-facts.ts';
import { all, type Judged, type Learnt, type Line, line, passIf } from './preflight-line.ts';
import type { EpochMs } from './units.ts';

/** Within it a schedule fires that was made after its time. */
const A_MINUTE_MS = 60_000;

/** Whether everything that will happen to the sale by itself is scheduled. */
export function schedulesLine(schedules: readonly Scheduled[], now: EpochMs): Line {
  const facts = all(schedules.map(({ fact }) => fact));
  return line('schedules', 'each there, ENABLED, at its instant', facts, (values) => {
    const flaws = schedules.flatMap(({ wanted }, index) => flawOf(wanted, values[index], now));
    const shown = schedules.map(({ wanted: { name, at } }) => `${name} ${clockTime(at)}`);
    return passIf(
      flaws.length === 0,
      flaws.length === 0 ? shown.join(', ') : flaws.join('; '),
      'Publish the file again: it creates what is missing. Delete what is wrong first.',
    );
  });
}

function flawOf(
  { name, at, until, target }: ScheduleWanted,
  found: ScheduleFacts | 'missing' | undefined,
  now: EpochMs,
): readonly string[] {
  if (found === undefined || found === 'missing') return now < until ? [`${name} is missing`] : [];
  const { state, at: set, target: called } = found;
  if (state !== 'ENABLED') return [`${name} is ${state}`];
  if (called !== target) return [`${name} calls ${called}`];
  // A schedule has whole seconds, and one that would lie in the past is set for the next moment.
  const isRight = set !== undefined && Math.abs(set - at) < 1000;
  const isLate = set !== undefined && set > at && set <= now + A_MINUTE_MS && now >= at;
  return isRight || isLate ? [] : [`${name} is at ${instant(set)}, not ${instant(at)}`];
}

/** Whether the alarms are there, quiet, and heard. */
export function alarmLines(fact: Learnt<readonly AlarmFacts[]>): readonly Line[] {
  return [
    line('alarms', 'there, and none in ALARM', fact, (alarms): Judged => {
      const firing = namesOf(alarms.filter(({ state }) => state === 'ALARM'));
      if (alarms.length === 0) {
        return { verdict: 'fail', found: 'there are none', advice: 'Deploy the service stack.' };
      }
      const silent = alarms.filter(({ state }) => state === 'INSUFFICIENT_DATA').length;
      const found = `${alarms.length} alarms, ${silent} of them without data yet`;
      const advice = 'Each is a heading of docs/operations.md: look there.';
      return passIf(firing === '', firing === '' ? found : `in ALARM: ${firing}`, advice);
    }),
    line('alarm-actions', 'each tells somebody', fact, (alarms) => {
      const mute = namesOf(alarms.filter(({ acts }) => !acts));
      const found = mute === '' ? `${alarms.length} of ${alarms.length}` : `silent: ${mute}`;
      const advice =
        'Turn their actions on again, or deploy: somebody has turned them off by hand.';
      return passIf(mute === '' && alarms.length > 0, found, advice);
    }),
  ];
}

const namesOf = (alarms: readonly AlarmFacts[]): string =>
  alarms.map(({ name }) => name).join(', ');

/** Whether anything lies where nobody works on it. */
export function deadLettersLine(queues: readonly Undone[]): Line {
  const counts = all(queues.map(({ fact }) => fact));
  return line('dead-letters', 'all empty', counts, (values) => {
    const full = queues.flatMap(({ name }, index) =>
      values[index] === 0 ? [] : [`${name} ${values[index]}`],
    );
    return passIf(
      full.length === 0,
      full.length === 0 ? `all ${queues.length}` : full.join(', '),
      'See what failed and why, and send it again: `redrive`.',
    );
  });
}

const instant = (epochMs: EpochMs | undefined): string =>
  epochMs === undefined ? 'no instant' : new Date(epochMs).toISOString();

const clockTime = (epochMs: EpochMs): string => instant(epochMs).slice(11, 19);
