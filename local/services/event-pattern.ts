/** @module EventBridge's patterns: exact values, prefix, suffix, anything-but, exists, numeric. */

type Pattern = Readonly<Record<string, unknown>>;

/** Whether an event fits: every field of the pattern, by any of its alternatives. */
export function matchesPattern(pattern: Pattern, event: unknown): boolean {
  return Object.entries(pattern).every(([name, wanted]) => {
    const value = memberOf(event, name);
    if (!Array.isArray(wanted)) return matchesPattern(wanted as Pattern, value);
    const values = Array.isArray(value) ? value : [value];
    return wanted.some((one) => values.some((actual) => fits(one, actual)));
  });
}

/** What an event has of its own: what every object or text has besides is in no event. */
const memberOf = (event: unknown, name: string): unknown =>
  typeof event === 'object' && event !== null && Object.hasOwn(event, name)
    ? (event as Pattern)[name]
    : undefined;

const TESTS: Readonly<Record<string, (argument: unknown, value: unknown) => boolean>> = {
  prefix: (argument, value) => typeof value === 'string' && value.startsWith(String(argument)),
  suffix: (argument, value) => typeof value === 'string' && value.endsWith(String(argument)),
  exists: (argument, value) => (value !== undefined) === argument,
  'equals-ignore-case': (argument, value) =>
    String(value).toLowerCase() === String(argument).toLowerCase(),
  'anything-but': (argument, value) =>
    value !== undefined && ![argument].flat().some((one) => fits(one, value)),
  numeric: (argument, value) => typeof value === 'number' && compares(argument as unknown[], value),
};

function fits(wanted: unknown, value: unknown): boolean {
  if (typeof wanted !== 'object' || wanted === null) return wanted === value;
  return Object.entries(wanted).every(([name, argument]) => {
    const test = TESTS[name];
    if (test === undefined) throw new Error(`Cannot match "${name}": unknown to the local stack`);
    return test(argument, value);
  });
}

const COMPARE: Readonly<Record<string, (a: number, b: number) => boolean>> = {
  '=': (a, b) => a === b,
  '<': (a, b) => a < b,
  '<=': (a, b) => a <= b,
  '>': (a, b) => a > b,
  '>=': (a, b) => a >= b,
};

function compares(conditions: readonly unknown[], value: number): boolean {
  for (let at = 0; at < conditions.length; at += 2) {
    const compare = COMPARE[String(conditions[at])];
    if (compare?.(value, Number(conditions[at + 1])) !== true) return false;
  }
  return true;
}
