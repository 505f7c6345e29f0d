/** @module Which requests docs/openapi.yaml speaks of; CloudFront, S3 and API Gateway have their own words for the rest. */

import type { HttpRequest } from '../../local/http-message.ts';
import { operations } from '../support/openapi-document.ts';
import { labelOf } from './seen.ts';

/** Methods that CloudFront passes to the gate. The answer to a HEAD has no body to hold to anything. */
const METHODS = new Set(['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']);

/** Through the site: every path of the API, whether there is such a path or not. */
export const isHeldAtSite = ({ method, path }: HttpRequest): boolean =>
  METHODS.has(method) && path.startsWith('/api/');

/** Around the gate: what the document has, as it has it. That a path is written plainly, only the gate insists on. */
export const isHeldAround = ({ method, path }: HttpRequest): boolean =>
  PATTERNS.some((pattern) => pattern.test(`${method} ${path}`));

const PATTERNS = operations().map(
  (one) =>
    new RegExp(
      `^${labelOf(one)
        .replaceAll('.', '\\.')
        .replaceAll(/\{\w+\}/g, '[^/%]+')}$`,
    ),
);
