/** @module How a preflight is told: to people, and to scripts. */

import { type Ask, LINES, type Line, type LineVerdict } from '../domain/preflight-line.ts';

/** What stands at the beginning of a line; what somebody has to do something about stands out. */
const MARKS: Readonly<Record<LineVerdict, string>> = {
  pass: 'pass',
  warn: 'WARN',
  fail: 'FAIL',
  'not-judged': 'not judged',
};

const WIDTH = Math.max(...Object.values(MARKS).map((mark) => mark.length));

const INDENT = ' '.repeat(WIDTH + 2);

/** The command that asks AWS for more. */
export function requestOf({ service, code, value, region }: Ask, here: string): string | undefined {
  if (code === undefined) return undefined;
  return (
    `aws service-quotas request-service-quota-increase --service-code ${service} --quota-code ${code} ` +
    `--desired-value ${value} --region ${region ?? here}`
  );
}

/** Text, line by line. @param region where the deployment is */
export const textOf = (lines: readonly Line[], region: string): readonly string[] =>
  lines.flatMap((line) => [headOf(line), ...tailOf(line, region).map((text) => INDENT + text)]);

function headOf({ id, verdict, found, needed, quota }: Line): string {
  const about = quota === undefined ? '' : ` [${quota.service} ${quota.code}]`;
  const wanted = verdict === 'pass' ? '' : `; needed: ${needed}`;
  return `${MARKS[verdict].padEnd(WIDTH)}  ${LINES[id]}${about}: ${found}${wanted}`;
}

function tailOf({ advice, ask }: Line, region: string): readonly string[] {
  const request = ask && requestOf(ask, region);
  return [...(advice ? [advice] : []), ...(request ? [request] : [])];
}

const VERDICTS = ['pass', 'warn', 'fail', 'not-judged'] as const;

const WORDS: Readonly<Record<LineVerdict, string>> = {
  pass: 'pass',
  warn: 'warn',
  fail: 'fail',
  'not-judged': 'not judged here',
};

/** How many lines there are of each verdict, and which, but for those that pass. */
export function closingLine(lines: readonly Line[]): string {
  return VERDICTS.map((verdict) => {
    const of = lines.filter((line) => line.verdict === verdict);
    const names =
      verdict === 'pass' || of.length === 0 ? '' : ` (${of.map(({ id }) => id).join(', ')})`;
    return `${of.length} ${WORDS[verdict]}${names}`;
  }).join(', ');
}

/** The same for scripts. `isReady`: no line fails; what is not judged is named, and never taken for a pass. */
export function objectOf(lines: readonly Line[], region: string) {
  const idsOf = (wanted: LineVerdict) =>
    lines.filter(({ verdict }) => verdict === wanted).map(({ id }) => id);
  return {
    isReady: idsOf('fail').length === 0,
    region,
    failing: idsOf('fail'),
    warning: idsOf('warn'),
    notJudged: idsOf('not-judged'),
    lines: lines.map((line) => ({
      ...line,
      what: LINES[line.id],
      ...(line.ask && { request: requestOf(line.ask, region) }),
    })),
  };
}
