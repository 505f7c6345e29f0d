/** @module API Gateway: keys, and the plans that say how much each may ask. */

import type { Throttle } from '../api/api-parts.ts';
import type { Maker, Makers } from './maker.ts';
import { throttleOf } from './rest-api.ts';

type Fields = Readonly<Record<string, unknown>>;

const key: Maker = (resource, inventory) => {
  resource.allow(
    'CustomerId',
    'Description',
    'Enabled',
    'GenerateDistinctId',
    'Name',
    'StageKeys',
    'Tags',
    'Value',
  );
  const { properties, logicalId } = resource;
  inventory.api.keys.set(logicalId, {
    // Without a value AWS makes one up; the logical id is as good.
    value: String(properties['Value'] ?? logicalId),
    enabled: properties['Enabled'] !== false,
  });
  return { ref: logicalId, attributes: { APIKeyId: logicalId } };
};

const plan: Maker = (resource, inventory) => {
  resource.allow('ApiStages', 'Description', 'Tags', 'Throttle', 'UsagePlanName');
  const { properties, logicalId } = resource;
  const { RateLimit, BurstLimit } = (properties['Throttle'] ?? {}) as Fields;
  const stages = (properties['ApiStages'] ?? []) as Fields[];
  inventory.api.plans.set(logicalId, {
    throttle: throttleOf(RateLimit, BurstLimit),
    stages: stages.map(({ ApiId, Stage, Throttle: throttles }) => ({
      apiId: String(ApiId),
      stage: String(Stage),
      throttles: throttlesOf((throttles ?? {}) as Record<string, Fields>),
    })),
  });
  return { ref: logicalId, attributes: { Id: logicalId } };
};

/** The template writes `/path/METHOD`. */
function throttlesOf(given: Readonly<Record<string, Fields>>): Map<string, Throttle> {
  const throttles = new Map<string, Throttle>();
  for (const [route, { RateLimit, BurstLimit }] of Object.entries(given)) {
    const slash = route.lastIndexOf('/');
    const throttle = throttleOf(RateLimit, BurstLimit);
    if (throttle !== undefined) {
      throttles.set(`${route.slice(slash + 1)} ${route.slice(0, slash)}`, throttle);
    }
  }
  return throttles;
}

const planKey: Maker = (resource, inventory) => {
  const { properties, logicalId } = resource;
  inventory.api.planKeys.push({
    keyId: String(properties['KeyId']),
    planId: String(properties['UsagePlanId']),
  });
  return { ref: logicalId, attributes: { Id: logicalId } };
};

export const usagePlanResources: Makers = {
  'AWS::ApiGateway::ApiKey': key,
  'AWS::ApiGateway::UsagePlan': plan,
  'AWS::ApiGateway::UsagePlanKey': planKey,
};
