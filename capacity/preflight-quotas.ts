/** @module The quotas that a preflight asks Service Quotas for; of the others the services themselves say what they are worth. */

import type { QuotaNames } from '../domain/preflight-facts.ts';
import { LIMITS, type LimitName } from './limits.ts';

type Code = { readonly service: string; readonly code: string };

/** The quota behind a limit, as Service Quotas names it. */
export function quotaOf(limit: LimitName): Code | undefined {
  const { raise } = LIMITS[limit];
  if (raise.by !== 'quota' || raise.code === undefined) return undefined;
  return { service: raise.service, code: raise.code };
}

function codeOf(limit: LimitName): Code {
  const found = quotaOf(limit);
  if (found !== undefined) return found;
  throw new Error(`Cannot ask for the limit "${limit}": it has no quota code`);
}

export const QUOTAS: QuotaNames = {
  tableWrites: codeOf('tableWrites'),
  schedules: codeOf('schedulesRun'),
  // No source was found for its code, and not every account is told of it: it is looked up by its name.
  edge: { service: 'cloudfront', name: 'Requests per second per distribution' },
};
