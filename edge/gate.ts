/**
 * @module
 * The gate: a CloudFront Function (runtime 2.0) in front of everything. It answers what needs no origin and refuses
 * what must not reach one. Each request is decided from path, query, cookie, headers and the KeyValueStore alone.
 */

import { json, wrongMethod } from './answers.ts';
import type { GateEvent, GateRequest, Outcome } from './event.ts';
import { header } from './headers.ts';
import { passToApi } from './origin.ts';
import { pageRoute } from './page.ts';
import { disguised, isDisguised } from './plain-path.ts';
import { saleRoute } from './sale.ts';
import { keepOrMakeSession, sessionOf } from './session.ts';

export async function handler(event: GateEvent): Promise<Outcome> {
  const request = event.request;
  const path = request.uri.split('/');
  // Date is the instant at which the function started, for its whole run.
  const nowMs = Date.now();
  // First, so that an unknown sale is a 404 however its path is written.
  if (path[1] === 'api' && path[2] === 'sales' && path.length > 3) {
    return saleRoute(event, path, nowMs);
  }
  if (isDisguised(request.uri)) return disguised();
  return path[1] === 'api' ? apiRoute(event, nowMs) : pageRoute(request);
}

async function apiRoute(event: GateEvent, nowMs: number): Promise<Outcome> {
  const request = event.request;
  switch (request.uri) {
    case '/api/time':
      return request.method === 'GET' ? json({ epochMs: nowMs }) : wrongMethod(request, 'GET');
    case '/api/where':
      return request.method === 'GET' ? where(request) : wrongMethod(request, 'GET');
    case '/api/session':
      return sessionRoute(event, nowMs);
    default:
      return isOperators(request.uri) ? passedOperators(event) : passed(request, nowMs);
  }
}

async function passed(request: GateRequest, nowMs: number): Promise<Outcome> {
  const session = await sessionOf(request, nowMs);
  return passToApi(request, session);
}

const isOperators = (uri: string): boolean => /^\/api\/operator\//.test(uri);

/** Operators have no session; their log says from where they came. */
function passedOperators(event: GateEvent): Outcome {
  const request = event.request;
  request.headers['x-viewer-address'] = { value: event.viewer.ip };
  return passToApi(request, undefined);
}

async function sessionRoute(event: GateEvent, nowMs: number): Promise<Outcome> {
  if (event.request.method !== 'POST') return wrongMethod(event.request, 'POST');
  // An identity token: the session Lambda reads it.
  if (event.request.headers['authorization']) return passed(event.request, nowMs);
  return keepOrMakeSession(event, nowMs);
}

/** Where the shopper is, as far as CloudFront knows; numbers stay the text that they came as. */
function where(request: GateRequest): Outcome {
  const known = (name: string) => header(request, `cloudfront-viewer-${name}`) || null;
  return json({
    country: known('country'),
    latitude: known('latitude'),
    longitude: known('longitude'),
  });
}
