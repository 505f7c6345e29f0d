/** @module Clients of an endpoint, for what the suite itself asks of AWS. */

import { REGION } from './cdk.ts';

/** What they are built with. Any key will do, as long as the command line has the same. */
export const clientsOf = (endpoint: string) => ({
  endpoint,
  region: REGION,
  credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
});
