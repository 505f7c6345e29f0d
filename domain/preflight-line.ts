/**
 * @module
 * A line of the preflight: one thing that a sale needs, what is there, and what to do where it is not enough. Their order
 * is that in which an operator does something about them: what AWS takes days for, then what a deployment decides, then
 * what publishing made, then what is looked at in the last hours.
 */

/** Every line, in the order in which they are told. Each is a heading of `docs/preflight.md`. */
export const LINES = {
  sale: 'The sale',
  guests: 'Guests',
  overlap: 'Sales at the same time',
  'api-rate': 'API Gateway: requests/s of the account',
  'api-burst': 'API Gateway: bucket of the account',
  'lambda-concurrency': 'Lambda: environments of the account',
  'table-writes': 'DynamoDB: write units/s of a table',
  'scheduler-rate': 'Scheduler: invocations/s',
  'edge-rate': 'CloudFront: requests/s of a distribution',
  'buy-plan': 'Usage plan of buys',
  'browse-plan': 'Usage plan of everything else',
  'method-throttle': 'Throttle of a method',
  'buy-environments': 'Environments of the buy function',
  'record-environments': 'Environments of the record function',
  'buy-version': 'Version of the buy function',
  'record-version': 'Version of the record function',
  'tables-active': 'Tables',
  'tables-recovery': 'Tables: point-in-time recovery',
  'tables-protected': 'Tables: deletion protection',
  distribution: 'CloudFront distribution',
  'signing-keys': 'Signing keys',
  'payment-key': 'Payment key',
  identity: 'Identity issuer',
  stock: 'Stock as published',
  audit: 'Audit',
  schedules: 'Schedules',
  'edge-entry': 'The gate: this sale',
  'edge-settings': 'The gate: guests',
  page: 'Page of the sale',
  'page-data': 'Catalogue data of the page',
  'page-list': 'List of sales',
  flag: 'sale.js',
  'warm-throughput': 'Warm throughput of the stock table',
  provisioned: 'Provisioned concurrency of the buy function',
  alarms: 'Alarms',
  'alarm-actions': 'Alarms: actions',
  'dead-letters': 'Dead-letter queues',
  clock: 'Clock of this machine',
} as const;

export type LineId = keyof typeof LINES;

/**
 * `fail`: the sale will not run as it should. `warn`: it will, and somebody should know something. `not-judged`: this
 * place or these credentials do not say; it is never taken for a pass.
 */
export type LineVerdict = 'pass' | 'warn' | 'fail' | 'not-judged';

/** A quota of AWS, and how much of it to ask for. */
export type Ask = {
  /** As Service Quotas calls the service: `dynamodb`. */
  readonly service: string;
  /** Such as `L-AB614373`. Absent where Service Quotas does not list it: then AWS Support raises it. */
  readonly code?: string;
  readonly value: number;
  /** Where the quota is kept, if that is not the Region of the deployment. */
  readonly region?: string;
};

export type Line = {
  readonly id: LineId;
  readonly verdict: LineVerdict;
  /** What is there, or why that cannot be said. */
  readonly found: string;
  /** What the sale needs. */
  readonly needed: string;
  /** The quota that the line is about, where it is about one. */
  readonly quota?: { readonly service: string; readonly code: string };
  /** What to ask AWS for, where that would help. */
  readonly ask?: Ask;
  /** What to do, where there is something to do. */
  readonly advice?: string;
};

/** What was learnt, or why it was not. */
export type Learnt<T> =
  | { readonly kind: 'learnt'; readonly value: T }
  | { readonly kind: 'unknown'; readonly why: string };

export const learnt = <T>(value: T): Learnt<T> => ({ kind: 'learnt', value });

export const unknown = (why: string): Learnt<never> => ({ kind: 'unknown', why });

/** What is judged of a line, once it is known what is there. */
export type Judged = Omit<Line, 'id' | 'needed'>;

/** A line of what may not be known. */
export function line<T>(
  id: LineId,
  needed: string,
  fact: Learnt<T>,
  judge: (value: T) => Judged,
): Line {
  if (fact.kind === 'unknown') return { id, verdict: 'not-judged', found: fact.why, needed };
  return { id, needed, ...judge(fact.value) };
}

/** Passes, or fails with advice. */
export const passIf = (isGood: boolean, found: string, advice: string): Judged =>
  isGood ? { verdict: 'pass', found } : { verdict: 'fail', found, advice };

/** Joins what several places say: not known where one of them is not. */
export function both<A, B>(one: Learnt<A>, other: Learnt<B>): Learnt<readonly [A, B]> {
  if (one.kind === 'unknown') return one;
  if (other.kind === 'unknown') return other;
  return learnt([one.value, other.value]);
}

/** Joins many facts: not known where one of them is not. */
export function all<T>(facts: readonly Learnt<T>[]): Learnt<readonly T[]> {
  const missing = facts.find((fact) => fact.kind === 'unknown');
  if (missing?.kind === 'unknown') return missing;
  return learnt(facts.flatMap((fact) => (fact.kind === 'learnt' ? [fact.value] : [])));
}

/** The lines in their order. */
export function inOrder(lines: readonly Line[]): readonly Line[] {
  const order = Object.keys(LINES);
  return lines.toSorted((a, b) => order.indexOf(a.id) - order.indexOf(b.id));
}

/** Such as `12,000`. */
export const figure = (value: number): string => value.toLocaleString('en-US');
