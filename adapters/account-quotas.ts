/** @module What quotas are worth in an account. */

import {
  GetAWSDefaultServiceQuotaCommand,
  GetServiceQuotaCommand,
  NoSuchResourceException,
  paginateListServiceQuotas,
  ServiceQuotasClient,
  type ServiceQuotasClientConfig,
} from '@aws-sdk/client-service-quotas';
import type { QuotaValue } from '../domain/preflight-facts.ts';
import type { Learnt } from '../domain/preflight-line.ts';
import { ask } from './account-ask.ts';

/** Quotas of what has no Region are kept in this one. */
const GLOBAL_REGION = 'us-east-1';

/** A quota by its code. Of some there is only the default to be had: that is what the account has, then. */
export const quotaByCode = (
  settings: ServiceQuotasClientConfig,
  ServiceCode: string,
  QuotaCode: string,
): Promise<Learnt<QuotaValue>> =>
  ask('servicequotas:GetServiceQuota, servicequotas:GetAWSDefaultServiceQuota', async () => {
    const client = new ServiceQuotasClient(settings);
    const which = { ServiceCode, QuotaCode };
    try {
      const { Quota } = await client.send(new GetServiceQuotaCommand(which));
      if (Quota?.Value !== undefined) return { value: Quota.Value, is: 'applied' };
    } catch (error) {
      if (!(error instanceof NoSuchResourceException)) throw error;
    }
    const { Quota } = await client.send(new GetAWSDefaultServiceQuotaCommand(which));
    return { value: Quota?.Value ?? 0, is: 'default' };
  });

/** A quota of CloudFront by its name; `not-listed` where Service Quotas has none of that name. */
export const globalQuotaByName = (
  settings: ServiceQuotasClientConfig,
  ServiceCode: string,
  name: string,
): Promise<Learnt<(QuotaValue & { readonly code: string }) | 'not-listed'>> =>
  ask('servicequotas:ListServiceQuotas', async () => {
    const client = new ServiceQuotasClient({ ...settings, region: GLOBAL_REGION });
    for await (const { Quotas = [] } of paginateListServiceQuotas({ client }, { ServiceCode })) {
      const found = Quotas.find(({ QuotaName }) => QuotaName === name);
      if (found?.Value !== undefined) {
        return { value: found.Value, is: 'applied', code: found.QuotaCode ?? '' };
      }
    }
    return 'not-listed';
  });
