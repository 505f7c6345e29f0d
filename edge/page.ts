/** @module Paths of the static site: what a shopper types, turned into the file in the site bucket. */

import { movedTo } from './answers.ts';
import type { GateRequest, Outcome } from './event.ts';

const SALE_PAGE = /^\/sales\/[A-Za-z0-9-]{1,40}(\/?)$/;

export function pageRoute(request: GateRequest): Outcome {
  if (request.uri === '/') request.uri = '/index.html';
  if (request.uri === '/operator') return movedTo('/operator/');
  if (request.uri === '/operator/') request.uri = '/operator.html';
  const sale = SALE_PAGE.exec(request.uri);
  if (!sale) return request;
  // Without its slash the page would look for sale.json one folder too high.
  if (!sale[1]) return movedTo(`${request.uri}/${queryOf(request)}`);
  request.uri = '/sale.html';
  return request;
}

function queryOf(request: GateRequest): string {
  const query = request.querystring;
  const pairs = Object.keys(query).map(
    (name) => `${name}=${(query[name] as { readonly value: string }).value}`,
  );
  return pairs.length > 0 ? `?${pairs.join('&')}` : '';
}
