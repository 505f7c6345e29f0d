/** @module Which parts of a request a policy lets through. */

import type { HttpRequest } from '../http-message.ts';
import type { CachePolicy, Choice, Forwarded } from './edge-parts.ts';

const passes = ({ behavior, names }: Choice, name: string): boolean => {
  if (behavior === 'none') return false;
  if (behavior === 'all') return true;
  return names.has(name) === (behavior === 'whitelist');
};

/** Headers that CloudFront makes itself reach the origin only when a policy names them. */
export const isOwnHeader = (name: string): boolean => name.startsWith('cloudfront-');

const passesHeader = (choice: Choice, name: string): boolean =>
  isOwnHeader(name)
    ? choice.behavior !== 'allExcept' && choice.names.has(name)
    : passes(choice, name);

const cut = (text: string, separator: string, choices: readonly Choice[]): string => {
  if (text === '' || choices.some(({ behavior }) => behavior === 'all')) return text;
  return text
    .split(separator)
    .map((pair) => pair.trim())
    .filter((pair) => {
      const name = pair.split('=')[0] ?? '';
      return choices.some((choice) => passes(choice, name));
    })
    .join(separator === ';' ? '; ' : separator);
};

/** The parts of a request that tell cached answers apart. */
export function cacheKey(request: HttpRequest, policy: CachePolicy): string {
  const { path, search, headers } = request;
  const named = Object.keys(headers)
    .filter((name) => name !== 'cookie' && passesHeader(policy.headers, name))
    .map((name) => `${name}:${headers[name]}`)
    .sort();
  const cookies = cut(headers['cookie'] ?? '', ';', [policy.cookies]);
  return [path, cut(search, '&', [policy.query]), cookies, ...named].join('\n');
}

/** The request as the origin gets it: what either policy lets through, and the origin's own headers. */
export function originRequest(
  request: HttpRequest,
  policies: readonly Forwarded[],
  own: Readonly<Record<string, string>>,
): HttpRequest {
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(request.headers)) {
    if (name === 'cookie' || name === 'host') continue;
    if (policies.some((policy) => passesHeader(policy.headers, name))) headers[name] = value;
  }
  // What CloudFront says of itself where no policy sends on what the viewer said.
  headers['user-agent'] ??= 'Amazon CloudFront';
  const cookies = cut(
    request.headers['cookie'] ?? '',
    ';',
    policies.map((one) => one.cookies),
  ).trim();
  if (cookies !== '') headers['cookie'] = cookies;
  // A body without its type is of no use; CloudFront forwards it with every body.
  const type = request.headers['content-type'];
  if (type !== undefined && request.body.length > 0) headers['content-type'] = type;
  headers['x-forwarded-for'] = request.sourceIp;
  return {
    ...request,
    search: cut(
      request.search,
      '&',
      policies.map((one) => one.query),
    ),
    headers: { ...headers, ...own },
  };
}
