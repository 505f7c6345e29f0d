/** @module A distribution of an account. */

import {
  CloudFrontClient,
  type CloudFrontClientConfig,
  GetDistributionCommand,
} from '@aws-sdk/client-cloudfront';
import { ask, withOutput } from './account-ask.ts';

/** Whether it is enabled, and at every edge. */
export const distributionFacts = (settings: CloudFrontClientConfig, id: string | undefined) =>
  withOutput(id, 'DistributionId', (Id) =>
    ask('cloudfront:GetDistribution', async () => {
      const client = new CloudFrontClient(settings);
      const { Distribution } = await client.send(new GetDistributionCommand({ Id }));
      return {
        status: Distribution?.Status ?? 'unknown',
        isEnabled: Distribution?.DistributionConfig?.Enabled ?? false,
      };
    }),
  );
