/** @module What a request validator finds wrong with a request. */

import { Ajv } from 'ajv';
import { type HttpRequest, queryOf } from '../http-message.ts';
import type { ApiParts, MethodPart } from './api-parts.ts';
import type { GatewayError } from './gateway-response.ts';

const ajv = new Ajv({ strict: false });

export function requestFlaw(
  request: HttpRequest,
  method: MethodPart,
  parts: ApiParts,
): GatewayError | undefined {
  if (method.validatorId === undefined) return undefined;
  const validator = parts.validators.get(method.validatorId);
  if (validator?.parameters === true && !hasParameters(request, method)) {
    return 'BAD_REQUEST_PARAMETERS';
  }
  if (validator?.body === true && !hasBody(request, method, parts)) return 'BAD_REQUEST_BODY';
  return undefined;
}

function hasParameters(
  { search, headers }: HttpRequest,
  { requiredParameters }: MethodPart,
): boolean {
  const query = queryOf(search);
  return requiredParameters.every((parameter) => {
    const [, , place, ...rest] = parameter.split('.');
    const name = rest.join('.');
    if (place === 'querystring') return query.has(name);
    // A path parameter is there, or the path would not have matched.
    return place !== 'header' || headers[name.toLowerCase()] !== undefined;
  });
}

function hasBody({ body, headers }: HttpRequest, { models }: MethodPart, parts: ApiParts): boolean {
  const type = headers['content-type']?.split(';')[0]?.trim() ?? 'application/json';
  const model = parts.models.get(models[type] ?? models['$default'] ?? '');
  if (model === undefined) return true;
  try {
    return ajv.validate(model.schema, JSON.parse(Buffer.from(body).toString('utf8')));
  } catch {
    return false;
  }
}
