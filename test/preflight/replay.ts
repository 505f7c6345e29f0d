/** @module Plays answers of AWS to the SDK's clients, as HTTP: those of `recorded/`, and others in their place. */

import { readFileSync } from 'node:fs';
import { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';

type Exchange = {
  /** Texts of the request that this answers; absent: any. */
  readonly when?: readonly string[];
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  /** In place of `body`. */
  readonly xml?: string;
};

export type Answers = Exchange | readonly Exchange[] | 'denied' | 'throttled' | 'cut-off';

/** What an SDK client hands to its request handler. */
type Sent = {
  readonly method: string;
  readonly hostname: string;
  readonly path: string;
  readonly query?: Readonly<Record<string, unknown>>;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
};

const FOLDER = fileURLToPath(new URL('./recorded/', import.meta.url));

/** Operations of services that name them by path. */
const PATHS: readonly (readonly [RegExp, string])[] = [
  [/^GET \/account$/, 'GetAccount'],
  [/^GET \/usageplans$/, 'GetUsagePlans'],
  [/^GET \/restapis\/[^/]+\/stages\/[^/]+$/, 'GetStage'],
  [/\/account-settings/, 'GetAccountSettings'],
  [/\/provisioned-concurrency$/, 'GetProvisionedConcurrencyConfig'],
  [/\/concurrency$/, 'GetFunctionConcurrency'],
  [/\/aliases\/[^/]+$/, 'GetAlias'],
  [/\/configuration$/, 'GetFunctionConfiguration'],
  [/^GET \/2020-05-31\/distribution\/[^/]+$/, 'GetDistribution'],
  [/^GET \/schedules\/[^/]+$/, 'GetSchedule'],
];

function operationOf({ method, path, headers }: Sent): string {
  const target = headers['x-amz-target'];
  if (target !== undefined) return target.slice(target.lastIndexOf('.') + 1);
  const found = PATHS.find(([pattern]) => pattern.test(`${method} ${path}`));
  if (found !== undefined) return found[1];
  throw new Error(`Cannot replay ${method} ${path}: there is no such operation here`);
}

/**
 * Settings for clients of AWS that reach nobody.
 *
 * @param others answers in place of the recorded ones, by operation
 */
export function replay(others: Readonly<Record<string, Answers>> = {}) {
  const seen: { readonly operation: string; readonly host: string }[] = [];
  const handle = async (request: Sent) => {
    const operation = operationOf(request);
    seen.push({ operation, host: request.hostname });
    const answers = others[operation] ?? recorded(operation);
    if (answers === 'cut-off') throw Object.assign(new Error('no way'), { code: 'ECONNREFUSED' });
    return { response: responseOf(chosen(answers, operation, request)) };
  };
  const settings = {
    region: 'eu-central-1',
    credentials: { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'example' },
    requestHandler: { handle, metadata: { handlerProtocol: 'http/1.1' }, destroy: () => {} },
    // The pauses between tries are the SDK's; nothing here depends on how many there are.
    maxAttempts: 2,
  };
  return { settings: settings as never, seen };
}

const recorded = (operation: string): readonly Exchange[] =>
  (JSON.parse(readFileSync(`${FOLDER}${operation}.json`, 'utf8')) as { exchanges: Exchange[] })
    .exchanges;

function chosen(answers: Exclude<Answers, 'cut-off'>, operation: string, request: Sent): Exchange {
  if (answers === 'denied') return refusal(operation, 'AccessDeniedException', 403);
  if (answers === 'throttled') return refusal(operation, 'ThrottlingException', 429);
  const text = [
    request.path,
    new URLSearchParams(request.query as Record<string, string>).toString(),
    textOf(request.body ?? ''),
  ].join(' ');
  const all: readonly Exchange[] = Array.isArray(answers) ? answers : [answers as Exchange];
  const found = all.find(({ when = [] }) => when.every((part) => text.includes(part)));
  if (found !== undefined) return found;
  throw new Error(`Cannot replay ${operation}: no answer fits ${text}`);
}

/** A refusal as each protocol writes it. */
function refusal(operation: string, code: string, status: number): Exchange {
  const message = `User: arn:aws:iam::111122223333:user/ada is not authorized to perform: ${operation}`;
  if (operation === 'GetDistribution') {
    const error = `<Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error>`;
    return {
      status,
      headers: { 'content-type': 'text/xml' },
      xml: `<ErrorResponse xmlns="http://cloudfront.amazonaws.com/doc/2020-05-31/">${error}<RequestId>r</RequestId></ErrorResponse>`,
    };
  }
  return {
    status,
    headers: { 'x-amzn-errortype': code },
    body: { __type: code, message },
  };
}

const responseOf = ({ status, headers, body, xml }: Exchange) => ({
  statusCode: status,
  headers: { 'content-type': 'application/json', ...headers },
  body: Readable.from([Buffer.from(xml ?? JSON.stringify(body))]),
});

/** A view, not a copy: the SDK's own kind of bytes turns into text by itself, with a warning. */
const textOf = (body: string | Uint8Array): string =>
  typeof body === 'string'
    ? body
    : Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString('utf8');
