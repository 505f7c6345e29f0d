/** @module Where a sale takes place: an emulator, or the local stack, as the journey sees both. */

import type { Deployment } from '../../adapters/deployment.ts';
import type { StackOutputs } from './cdk.ts';
import type { Report, Steps } from './report.ts';

/** The payment provider must be known at deployment, and its key is known only after. */
export type Provider = { readonly url: string; readonly port: number };

/** A place once everything is deployed. */
export type Place = {
  readonly steps: Steps;
  /** `AWS_ENDPOINT_URL`. */
  readonly endpoint: string;
  readonly deployment: Deployment;
  readonly stacks: StackOutputs;
  readonly provider: Provider;
  /** Where shoppers reach CloudFront; nothing where there is none that works. */
  readonly edge?: string;
  /** Where the API is reached with the keys of its usage plans, without a gate; nothing where it has no such door. */
  readonly api?: string;
};

/** What a run shares. */
export type Run = {
  readonly report: Report;
  /** A folder of its own, removed in the end. */
  readonly folder: string;
  /** The synthesised assembly, unchanged. */
  readonly assembly: string;
};
