/** @module Finds the route of a request. The list of routes is data, which a test holds to `docs/openapi.yaml`. */

import type { Route } from './route.ts';

/** What every path of this API begins with. */
export const BASE = '/api/operator';

/** What a part of a path can be: ids of sales, drafts and reports, SKUs, days. */
const PART = /^[A-Za-z0-9-]{1,80}$/;

export type Found = {
  readonly route: Route;
  readonly parameters: Readonly<Record<string, string>>;
};

/** The route that a method and a path lead to, or nothing. */
export function findRoute(
  routes: readonly Route[],
  method: string,
  path: string,
): Found | undefined {
  if (!path.startsWith(`${BASE}/`)) return undefined;
  const parts = path.slice(BASE.length).split('/');
  for (const route of routes) {
    const parameters = route.method === method ? matched(route.path.split('/'), parts) : undefined;
    if (parameters !== undefined) return { route, parameters };
  }
  return undefined;
}

/** The named parts, where a path fits a template. */
function matched(template: readonly string[], parts: readonly string[]) {
  if (template.length !== parts.length) return undefined;
  const parameters: Record<string, string> = {};
  for (const [index, wanted] of template.entries()) {
    const part = parts[index] ?? '';
    const name = /^\{(\w+)\}$/.exec(wanted)?.[1];
    if (name === undefined ? wanted !== part : !PART.test(part)) return undefined;
    if (name !== undefined) parameters[name] = part;
  }
  return parameters;
}
