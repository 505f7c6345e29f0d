/**
 * @module
 * How long CloudFront keeps an answer.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/Expiration.html
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/HTTPStatusCodes.html
 */

import type { HttpResponse } from '../http-message.ts';
import type { CachePolicy, ErrorPart } from './edge-parts.ts';

/** Errors that are kept even without a word from the origin. */
const ALWAYS_KEPT = new Set([404, 414, 500, 501, 502, 503, 504]);

/** Errors that are kept where the origin says for how long. All others never are. */
const KEPT_ON_REQUEST = new Set([400, 403, 405, 412, 415]);

/** How long an error is kept at least, where the distribution does not say. */
const ERROR_SECONDS = 10;

/** Seconds that errors of a status are kept at least. */
export const errorSeconds = (errors: readonly ErrorPart[], status: number): number =>
  errors.find(({ code }) => code === status)?.minSeconds ?? ERROR_SECONDS;

/** Seconds; 0: not at all. */
export function lifetime(
  response: HttpResponse,
  policy: CachePolicy,
  errors: readonly ErrorPart[],
  now: number,
): number {
  const { status } = response;
  if (status >= 400) return errorLifetime(response, errorSeconds(errors, status));
  const wanted = saidSeconds(response, now) ?? policy.defaultSeconds;
  return Math.min(Math.max(wanted, policy.minSeconds), policy.maxSeconds);
}

function errorLifetime(response: HttpResponse, least: number): number {
  const said = maxAgeIn(controlOf(response));
  if (ALWAYS_KEPT.has(response.status)) return Math.max(least, said ?? 0);
  const isKept = KEPT_ON_REQUEST.has(response.status) && said !== undefined;
  return isKept ? Math.max(least, said) : 0;
}

/** How long the origin says that its answer lives; undefined where it says nothing. */
function saidSeconds(response: HttpResponse, now: number): number | undefined {
  const control = controlOf(response);
  if (/no-store|no-cache|private/.test(control)) return 0;
  const age = maxAgeIn(control);
  if (age !== undefined) return age;
  const expires = Date.parse([response.headers['expires'] ?? ''].flat().join(''));
  return Number.isNaN(expires) ? undefined : Math.max(0, (expires - now) / 1000);
}

const controlOf = ({ headers }: HttpResponse): string =>
  [headers['cache-control'] ?? ''].flat().join(',').toLowerCase();

/** `s-maxage`, which is meant for caches such as this one, before `max-age`. */
function maxAgeIn(control: string): number | undefined {
  const age = /s-maxage=(\d+)/.exec(control)?.[1] ?? /max-age=(\d+)/.exec(control)?.[1];
  return age === undefined ? undefined : Number(age);
}
