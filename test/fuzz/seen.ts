/** @module Which answers were seen of those that are documented. */

import { operations } from '../support/openapi-document.ts';
import type { Count } from './brief.ts';

/** A larger share of 429, and too little else was tried. */
const MOST_THROTTLED = 0.05;

export const labelOf = ({ method, path }: { readonly method: string; readonly path: string }) =>
  `${method.toUpperCase()} ${path}`;

/** Lines of a table: each operation, and how often each of its statuses was seen. */
export function tableOf(labels: readonly string[], { seen }: Pick<Count, 'seen'>): string[] {
  return [...labels, 'elsewhere'].map((label) => {
    const statuses = Object.entries(seen).filter(([key]) => statusIn(key, label) !== undefined);
    const documented = documentedOf(label).filter((status) => !(`${label} ${status}` in seen));
    const said = statuses.map(([key, times]) => `${statusIn(key, label)}: ${times}`).sort();
    const unseen = documented.length > 0 ? `  (never ${documented.join(' ')})` : '';
    return `  ${label.padEnd(44)} ${said.join('  ')}${unseen}`;
  });
}

/** Documented successes that were never seen: the route was not really tried. */
export function unseenSuccesses(
  labels: readonly string[],
  { seen }: Pick<Count, 'seen'>,
): string[] {
  return labels.flatMap((label) =>
    documentedOf(label)
      .filter((status) => status.startsWith('2') && !(`${label} ${status}` in seen))
      .map((status) => `${label} was never answered ${status}`),
  );
}

/** Whether most of the run met throttles: then it says little. */
export function tooThrottled({ sent, seen }: Pick<Count, 'sent' | 'seen'>): string[] {
  const throttled = Object.entries(seen).filter(([key]) => key.endsWith(' 429'));
  const times = throttled.reduce((sum, [, count]) => sum + count, 0);
  return times > sent * MOST_THROTTLED ? [`${times} of ${sent} requests were answered 429`] : [];
}

const statusIn = (key: string, label: string): string | undefined =>
  key.startsWith(`${label} `) && /^[0-9]{3}$/.test(key.slice(label.length + 1))
    ? key.slice(label.length + 1)
    : undefined;

function documentedOf(label: string): string[] {
  const found = operations().find((one) => labelOf(one) === label);
  return found === undefined ? [] : Object.keys(found.operation.responses);
}
