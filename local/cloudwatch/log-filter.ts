/**
 * @module
 * Metric filters on logs: patterns of the form `{ $.member = "text" && $.other != "te*" }`.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html
 */

import type { MetricName } from '../metrics.ts';

export type LogFilterSpec = {
  readonly logGroup: string;
  readonly pattern: string;
  readonly metric: MetricName;
  readonly value: number;
};

type Line = Readonly<Record<string, unknown>>;

const PART = /^\$\.([A-Za-z]+)\s*(!?=)\s*"([^"]*)"$/;

/** A text as a regular expression that matches it and nothing else. */
const literal = (text: string): string => text.replace(/[^A-Za-z0-9]/g, '\\$&');

/** Whether lines match a pattern. @throws {Error} naming the pattern that is of another form */
export function patternOf(pattern: string): (line: Line) => boolean {
  const [, inner] = /^\{(.*)\}$/.exec(pattern.trim()) ?? [];
  const parts = inner?.split('&&').map((part) => PART.exec(part.trim())) ?? [null];
  if (parts.some((part) => part === null)) {
    throw new Error(`Cannot filter: the pattern ${pattern} is unknown to the local stack`);
  }
  const tests = parts.map((part) => {
    const [, member = '', operator, text = ''] = part ?? [];
    const wanted = new RegExp(`^${text.split('*').map(literal).join('.*')}$`);
    return (line: Line) => wanted.test(String(line[member])) === (operator === '=');
  });
  return (line) => tests.every((test) => test(line));
}
