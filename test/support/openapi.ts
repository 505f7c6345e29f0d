/** @module Holds real answers to `docs/openapi.yaml`. */

import { Ajv2020 } from 'ajv/dist/2020.js';
import {
  type Header,
  operations,
  placeOfResponse,
  type Reference,
  type Response,
  resolved,
  validatorAt,
} from './openapi-document.ts';

/** Headers as any client has them. */
export type AnswerHeaders =
  | Headers
  | Readonly<Record<string, string | number | readonly string[] | undefined>>;

const ajv = new Ajv2020();

/**
 * Holds an answer to the document.
 *
 * @param path with or without query and origin
 * @param body the raw text, or what it was parsed to
 * @throws {Error} that says what the document does not have
 */
export function validateAnswer(
  method: string,
  path: string,
  status: number,
  headers: AnswerHeaders,
  body: unknown,
): void {
  const answer = { headers: new Headers(plain(headers)), status, body };
  const complaints = complaintsOf(method.toLowerCase(), pathOf(path), answer);
  if (complaints.length === 0) return;
  const said = typeof body === 'string' ? body : JSON.stringify(body);
  throw new Error(
    `${method} ${path} answered ${status}, which docs/openapi.yaml does not have: ${complaints.join('; ')}. ` +
      `The body was ${said?.slice(0, 500) || 'empty'}`,
  );
}

/** As it was sent: `URL` would take `/a/%2e%2e/b` for `/b`. */
const pathOf = (address: string): string =>
  address.replace(/^https?:\/\/[^/]*/, '').split('?', 1)[0] ?? '';

type Answer = { readonly headers: Headers; readonly status: number; readonly body: unknown };

function plain(headers: AnswerHeaders): [string, string][] {
  const entries = headers instanceof Headers ? [...headers] : Object.entries(headers);
  return entries.flatMap(([name, value]) =>
    [value ?? []].flat().map((one): [string, string] => [name, String(one)]),
  );
}

function complaintsOf(method: string, path: string, answer: Answer): string[] {
  const known = operations().find((one) => one.method === method && matches(one.path, path));
  if (known === undefined) return elsewhere(path, answer);
  const response = known.operation.responses[answer.status];
  if (response === undefined) {
    return [`${known.operation.operationId} has only ${Object.keys(known.operation.responses)}`];
  }
  const place = placeOfResponse(method, known.path, String(answer.status));
  const { headers = {}, content } = resolved(response);
  return [
    ...Object.entries(headers).flatMap(([name, header]) => headerFault(name, header, answer)),
    ...contentFaults(place, content, answer),
    ...problemFaults(answer),
  ];
}

const matches = (template: string, path: string): boolean =>
  new RegExp(`^${template.replaceAll('.', '\\.').replaceAll(/\{\w+\}/g, '[^/]+')}$`).test(path);

/** What every path answers that the document does not have. */
function elsewhere(path: string, answer: Answer): string[] {
  const place =
    answer.status === 404 && path.startsWith('/api/sales/')
      ? ['components', 'responses', 'UnknownSale']
      : ['components', 'responses', 'BadRequest'];
  const wanted = place.at(-1) === 'UnknownSale' ? 404 : 400;
  const wrong =
    answer.status === wanted ? [] : ['the path is not in it, so 400 bad-request is wanted'];
  const { content } = resolved<Response>({ $ref: `#/${place.join('/')}` });
  return [...wrong, ...contentFaults(place, content, answer), ...problemFaults(answer)];
}

function headerFault(name: string, header: Header | Reference, { headers }: Answer): string[] {
  const { required, schema } = resolved(header);
  const value = headers.get(name);
  if (value === null) return required ? [`header ${name} is missing`] : [];
  const read = schema.type === 'integer' && /^\d+$/.test(value) ? Number(value) : value;
  return ajv.validate(schema, read) ? [] : [`header ${name} "${value}" ${ajv.errorsText()}`];
}

function contentFaults(
  place: readonly string[],
  content: Response['content'],
  { headers, body }: Answer,
): string[] {
  const isEmpty = body === undefined || body === null || body === '';
  if (content === undefined) return isEmpty ? [] : ['there must be no body'];
  const type = (headers.get('content-type') ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
  if (!(type in content))
    return [`content-type "${type}" is not ${Object.keys(content).join(' or ')}`];
  if (!type.endsWith('json')) return [];
  const validate = validatorAt(...place, 'content', type, 'schema');
  const read = jsonOf(body);
  if (read === undefined) return ['the body is not JSON'];
  return validate(read) ? [] : [ajv.errorsText(validate.errors, { dataVar: 'body' })];
}

/** What no schema says: that type, status and Retry-After repeat what stands elsewhere. */
function problemFaults({ headers, status, body }: Answer): string[] {
  if (status < 400) return [];
  const problem = (jsonOf(body) ?? {}) as Readonly<Record<string, unknown>>;
  const after = headers.get('retry-after');
  const faults = {
    [`type "${problem['type']}" is not of its code`]:
      problem['type'] !== `urn:flash-sale:problem:${problem['code']}`,
    [`status ${problem['status']} is not the answer's`]: problem['status'] !== status,
    [`retryAfterSeconds is not Retry-After, ${after}`]:
      after !== null && problem['retryAfterSeconds'] !== Number(after),
  };
  return Object.entries(faults).flatMap(([fault, isSo]) => (isSo ? [fault] : []));
}

function jsonOf(body: unknown): unknown {
  if (typeof body !== 'string') return body;
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
