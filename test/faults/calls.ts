/** @module What an AWS call is: on what, as the table of functions names it, and which step of the protocol it is. */

import type { PendingCall } from '../../local/faults.ts';
import type { Scene } from '../stack/scene.ts';

/** Names the calls of one deployment. */
export type Naming = {
  /** What it touches, such as `Buy: UpdateItem on stock`; a read of two tables touches both. */
  touched(call: PendingCall): readonly string[];
  /** Which step it is, such as `UpdateItem stock STOCK avail held`. The same in every run. */
  step(call: PendingCall): string;
};

export const touching = (fn: string, operation: string, on: string) =>
  `${fn}: ${operation} on ${on}`;

type Body = Readonly<Record<string, unknown>>;

export function namingOf({ deployment: { tables, outputs }, stack }: Scene): Naming {
  const names = new Map<string, string>([
    ...Object.entries(tables).map(([role, name]) => [name, role] as const),
    [outputs.SigningSecretArn, 'signing keys'],
    [outputs.PaymentSecretArn, 'payment keys'],
    [lastOf(outputs.OrdersQueueUrl), 'orders queue'],
    [lastOf(stack.outputs['SweepsQueueUrl'] ?? ''), 'sweeps queue'],
  ]);
  const nameOf = (id: unknown) => names.get(String(id)) ?? String(id);
  const places = (call: PendingCall): readonly string[] => {
    const body = bodyOf(call);
    if (body['RequestItems'])
      return Object.keys(body['RequestItems'] as object)
        .map(nameOf)
        .sort();
    const id = body['TableName'] ?? body['SecretId'] ?? lastOf(String(body['QueueUrl'] ?? ''));
    return [id === '' ? elsewhere(call) : nameOf(id)];
  };
  return {
    touched: (call) =>
      // One permission covers a message alone and several at once.
      places(call).map((on) =>
        touching(call.function, call.operation.replace(/^SendMessageBatch$/, 'SendMessage'), on),
      ),
    step: (call) => [call.operation, places(call).join(' and '), detailOf(call)].join(' ').trim(),
  };
}

/** What services without a name in the request's body are used for. */
const ELSEWHERE: Readonly<Record<string, string>> = {
  s3: 'site',
  events: 'bus',
  scheduler: 'schedules',
  lambda: 'buy alias',
  'cloudfront-keyvaluestore': 'gate',
};

/** Of the buckets, only that of reports is read by a function, and only by one of them written. */
const elsewhere = ({ function: name, service, operation }: PendingCall): string => {
  if (service === 's3' && name === 'Import') return 'imports';
  const isReport = operation === 'GetObject' || (service === 's3' && name === 'Reconcile');
  return isReport ? 'reports' : (ELSEWHERE[service] ?? service);
};

const lastOf = (url: string): string => url.split('/').at(-1) ?? '';

/** What is stored in S3 is no request of the JSON protocols. */
const bodyOf = ({ service, body }: PendingCall): Body =>
  service === 's3' || body === '' ? {} : JSON.parse(body);

function detailOf(call: PendingCall): string {
  if (call.service === 's3') return fileIn(call);
  const body = bodyOf(call);
  if (call.service === 'sqs') return messageIn(body);
  if (call.service === 'events') return 'events';
  if (body['RequestItems']) return keysIn(body['RequestItems'] as Readonly<Record<string, Keys>>);
  const { Key, Item } = body as { Key?: Stored; Item?: Stored };
  const pk = (Key ?? Item)?.['pk']?.S ?? '';
  return [pk.split('#')[0], Item?.['state']?.S, changesIn(body)].filter(Boolean).join(' ');
}

/** A file by how it begins. */
function fileIn({ function: name, body }: PendingCall): string {
  if (name === 'Import') return 'products';
  if (name === 'Reconcile') return body.startsWith('{') ? 'report.json' : 'report.html';
  return body.startsWith('window.') ? 'sale.js' : 'slots.json';
}

type Stored = Readonly<Record<string, { readonly S?: string; readonly BOOL?: boolean }>>;
type Keys = { readonly Keys: readonly Stored[] };

function messageIn({ MessageBody }: Body): string {
  if (MessageBody === undefined) return 'ranges';
  const { kind, state, what } = JSON.parse(String(MessageBody));
  return [kind, state ?? what].filter(Boolean).join(' ');
}

const keysIn = (tables: Readonly<Record<string, Keys>>): string =>
  [
    ...new Set(
      Object.values(tables).flatMap(({ Keys }) => Keys.map(({ pk }) => pk?.S?.split('#')[0])),
    ),
  ]
    .sort()
    .join(' ');

/** The attributes that an update changes; of some, to what. */
function changesIn(body: Body): string {
  const {
    UpdateExpression = '',
    ExpressionAttributeNames: names = {},
    ExpressionAttributeValues: values = {},
  } = body as {
    UpdateExpression?: string;
    ExpressionAttributeNames?: Readonly<Record<string, string>>;
    ExpressionAttributeValues?: Stored;
  };
  const changes = [...UpdateExpression.matchAll(/(#\d+)(?: = (:\d+))?/g)].map(
    ([, name = '', value = '']) => {
      // Of what is kept by sale the case's own sale is no part of the step.
      const attr = (names[name] ?? '').replace(/:.*/, '');
      const { S, BOOL } = values[value] ?? {};
      return /^(state|decision|phase|soldOut)$/.test(attr) ? `${attr}=${S ?? BOOL}` : attr;
    },
  );
  return changes.join(' ');
}
