/** @module API Gateway of an account: its throttle, the usage plans of an API, what a method of its stage takes. */

import {
  APIGatewayClient,
  type APIGatewayClientConfig,
  GetAccountCommand,
  GetStageCommand,
  paginateGetUsagePlans,
  type ThrottleSettings,
  type UsagePlan,
} from '@aws-sdk/client-api-gateway';
import type { ApiFacts, PlanFacts, Rate } from '../domain/preflight-facts.ts';
import { ask, withOutput } from './account-ask.ts';

/** The method settings that hold for every method that has none of its own. */
const EVERY_METHOD = '*/*';

/** The largest page that GetUsagePlans gives. */
const PAGE = 500;

type Api = { readonly ApiId?: string; readonly ApiStage?: string };

/** Asks all of it. API Gateway has one permission for reading: `apigateway:GET`, on the paths below. */
export async function apiFacts(
  settings: APIGatewayClientConfig,
  { ApiId, ApiStage }: Api,
): Promise<ApiFacts> {
  const client = new APIGatewayClient(settings);
  const account = ask('apigateway:GET /account', async () => {
    const { throttleSettings } = await client.send(new GetAccountCommand({}));
    return rateOf(throttleSettings);
  });
  const plans = withOutput(ApiId, 'ApiId', (api) =>
    ask('apigateway:GET /usageplans', () => plansOf(client, api)),
  );
  const method = withOutput(ApiId, 'ApiId', (restApiId) =>
    withOutput(ApiStage, 'ApiStage', (stageName) =>
      ask('apigateway:GET /restapis/*/stages/*', async () => {
        const stage = await client.send(new GetStageCommand({ restApiId, stageName }));
        const every = stage.methodSettings?.[EVERY_METHOD];
        return rateOf({
          rateLimit: every?.throttlingRateLimit,
          burstLimit: every?.throttlingBurstLimit,
        });
      }),
    ),
  );
  return { account: await account, plans: await plans, method: await method };
}

async function plansOf(client: APIGatewayClient, api: string): Promise<readonly PlanFacts[]> {
  const found: PlanFacts[] = [];
  for await (const { items = [] } of paginateGetUsagePlans({ client, pageSize: PAGE }, {})) {
    found.push(...items.flatMap((plan) => planOf(plan, api)));
  }
  return found;
}

/** The plan as far as it is for an API; nothing where it is for others. */
function planOf({ name = '', throttle, apiStages = [] }: UsagePlan, api: string): PlanFacts[] {
  const stages = apiStages.filter(({ apiId }) => apiId === api);
  if (stages.length === 0) return [];
  const methods = stages.flatMap((stage) => Object.entries(stage.throttle ?? {}));
  return [
    {
      name,
      ...rateOf(throttle),
      methods: Object.fromEntries(methods.map(([method, given]) => [method, rateOf(given)])),
    },
  ];
}

/** What is not throttled has no end. */
const rateOf = (given: Unsettled | undefined): Rate => ({
  rate: given?.rateLimit ?? Number.POSITIVE_INFINITY,
  burst: given?.burstLimit ?? Number.POSITIVE_INFINITY,
});

type Unsettled = {
  readonly [K in keyof ThrottleSettings]: ThrottleSettings[K] | undefined;
};
