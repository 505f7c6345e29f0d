/** @module One limit that a sale can meet: what it is of, how much, and how it is raised. */

import type { SIZES } from './sizes.ts';

/** How a limit is raised. */
export type Raise =
  /** Through Service Quotas. `code` is absent where no source for it was found: look it up there by its name. */
  | {
      readonly by: 'quota';
      readonly service: string;
      readonly name: string;
      readonly code?: string;
    }
  /** By a case with AWS Support: Service Quotas does not list it. */
  | { readonly by: 'support' }
  /** By the table's warm throughput, which never falls again: command `warm`. */
  | { readonly by: 'warm-throughput' }
  /** By provisioned concurrency: command `warm`. */
  | { readonly by: 'provisioned' }
  /** By a number of `capacity/sizes.ts`, and a deployment. */
  | { readonly by: 'size'; readonly name: keyof typeof SIZES }
  /** Not at all. */
  | { readonly by: 'nobody' };

/** One limit. */
export type Limit = {
  /** What is limited, as a person would say it. */
  readonly what: string;
  readonly unit: string;
  /** In us-east-1, before anybody asked for more. */
  readonly value: number;
  readonly raise: Raise;
  readonly source: string;
};
