/** @module Calls that functions are seen to make, in the words of the roles: who, which action, on what. */

import type { PendingCall } from '../../local/faults.ts';
import type { Scene } from '../stack/scene.ts';
import { type Grant, keyOf } from './grants.ts';

/** What a call names in its body, by the service. */
type Named = {
  readonly TableName?: string;
  readonly RequestItems?: Readonly<Record<string, unknown>>;
  readonly QueueUrl?: string;
  readonly SecretId?: string;
  readonly Entries?: readonly { readonly EventBusName?: string }[];
};

/** Services that name what they touch in the path, which a recording does not have: there is one of each. */
const ONLY: Readonly<Record<string, string>> = {
  s3: 'site/sales/*',
  scheduler: 'schedules',
  lambda: 'buy alias',
  'cloudfront-keyvaluestore': 'gate',
};

/** Of the buckets, only that of reports is read by a function, and only by one of them written. */
const REPORTS = 'reports/reconciliation/*';

/** What a provider drops is read, and its report written. */
const IMPORTS: Readonly<Record<string, string>> = {
  GetObject: 'imports/incoming/*',
  PutObject: 'imports/reports/*',
};

/**
 * Keeps every call that a function makes from now on; the same call twice is one.
 *
 * @returns what was seen so far, by {@link keyOf}
 */
export function watchCalls({ stack }: Scene): ReadonlyMap<string, Grant> {
  const names = namesIn(stack.outputs);
  const seen = new Map<string, Grant>();
  const take = (call: PendingCall) => {
    for (const target of targetsOf(call)) {
      const action = actionOf(call);
      const resource = names.get(target) ?? target;
      const grant = { who: call.function, action, resource };
      seen.set(keyOf(grant), grant);
    }
    return false;
  };
  // A fault that looks at each call and never strikes.
  stack.faults.add({ action: 'delay', when: take });
  return seen;
}

/** A batch of messages is granted as the sending of one. */
const actionOf = ({ service, operation }: PendingCall): string =>
  `${service}:${operation === 'SendMessageBatch' ? 'SendMessage' : operation}`;

function targetsOf({ function: name, service, operation, body }: PendingCall): readonly string[] {
  const isReport = operation === 'GetObject' || name === 'Reconcile';
  if (name === 'Import' && service === 's3') return [IMPORTS[operation] ?? operation];
  if (service === 's3' && isReport) return [REPORTS];
  const only = ONLY[service];
  if (only !== undefined) return [only];
  const { TableName, RequestItems, QueueUrl, SecretId, Entries } = JSON.parse(body) as Named;
  const buses = Entries?.flatMap(({ EventBusName }) => EventBusName ?? []) ?? [];
  const one = [TableName, QueueUrl, SecretId].filter((name) => name !== undefined);
  return [...one, ...Object.keys(RequestItems ?? {}), ...new Set(buses)];
}

const namesIn = (outputs: Readonly<Record<string, string>>): ReadonlyMap<string, string> =>
  new Map(
    Object.entries({
      CatalogueTable: 'catalogue',
      StockTable: 'stock',
      OrdersTable: 'orders',
      OrdersQueueUrl: 'orders queue',
      SweepsQueueUrl: 'sweeps queue',
      SigningSecretArn: 'signing keys',
      PaymentSecretArn: 'payment keys',
      BusName: 'bus',
    }).map(([output, name]) => [outputs[output] ?? output, name]),
  );
