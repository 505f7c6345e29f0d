/** @module What an emulator drops of a template without a word: read back after the deployment, put in where it can be. */

import {
  DescribeContinuousBackupsCommand,
  DescribeTimeToLiveCommand,
  type DynamoDBClient,
  UpdateContinuousBackupsCommand,
  UpdateTimeToLiveCommand,
} from '@aws-sdk/client-dynamodb';
import { readTemplate, stacksIn } from './assembly.ts';
import { physicalIds, rawCall } from './raw-call.ts';
import type { Steps } from './report.ts';
import type { Resource } from './template.ts';

/** A resource as the template has it, and the name that the emulator gave it. */
type Deployed = { readonly id: string; readonly name: string; readonly resource: Resource };

export type Emulator = { readonly endpoint: string; readonly db: DynamoDBClient };

/** Looks at each setting. What was dropped is repaired, or skipped where it cannot be. */
export async function checkSettings(
  emulator: Emulator,
  assembly: string,
  steps: Steps,
): Promise<string> {
  let looked = 0;
  for (const stack of await stacksIn(assembly)) {
    const names = await physicalIds(emulator.endpoint, stack);
    const { Resources } = await readTemplate(assembly, stack);
    for (const [id, resource] of Object.entries(Resources)) {
      const check = CHECKS[resource.Type];
      if (check === undefined) continue;
      looked += 1;
      await check(emulator, { id, name: names.get(id) ?? id, resource }, steps);
    }
  }
  if (looked === 0) throw new Error('no setting was looked at');
  return `${looked} resources`;
}

type Check = (emulator: Emulator, deployed: Deployed, steps: Steps) => Promise<void>;

const CHECKS: Readonly<Record<string, Check>> = {
  'AWS::DynamoDB::GlobalTable': async (emulator, table, steps) => {
    await checkTimeToLive(emulator, table, steps);
    await checkBackups(emulator, table, steps);
  },
  'AWS::Lambda::Function': checkDeadLetters,
  'AWS::ApiGateway::Stage': checkStage,
};

async function checkTimeToLive({ db }: Emulator, { id, name, resource }: Deployed, steps: Steps) {
  const { TimeToLiveSpecification } = resource.Properties as {
    TimeToLiveSpecification?: { readonly AttributeName: string };
  };
  if (TimeToLiveSpecification === undefined) return;
  const found = await db.send(new DescribeTimeToLiveCommand({ TableName: name }));
  const { TimeToLiveStatus } = found.TimeToLiveDescription ?? {};
  if (TimeToLiveStatus === 'ENABLED' || TimeToLiveStatus === 'ENABLING') return;
  const { AttributeName } = TimeToLiveSpecification;
  const wanted = { TimeToLiveSpecification: { AttributeName, Enabled: true } };
  await db.send(new UpdateTimeToLiveCommand({ TableName: name, ...wanted }));
  steps.repaired(`${id}: time to live, dropped from the template, is on`);
}

async function checkBackups({ db }: Emulator, { id, name }: Deployed, steps: Steps) {
  const found = await db.send(new DescribeContinuousBackupsCommand({ TableName: name }));
  const { PointInTimeRecoveryDescription: recovery } = found.ContinuousBackupsDescription ?? {};
  if (recovery?.PointInTimeRecoveryStatus === 'ENABLED') return;
  const wanted = { PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true } };
  await db.send(new UpdateContinuousBackupsCommand({ TableName: name, ...wanted }));
  steps.repaired(`${id}: point-in-time recovery, dropped from the template, is on`);
}

/** A version cannot be changed, and Scheduler calls an alias of one: there is nothing to repair. */
async function checkDeadLetters(
  { endpoint }: Emulator,
  { id, name, resource }: Deployed,
  steps: Steps,
) {
  if (resource.Properties?.['DeadLetterConfig'] === undefined) return;
  const path = `/2015-03-31/functions/${name}/configuration`;
  const found = JSON.parse(await rawCall(endpoint, 'lambda', 'GET', path));
  if (found.DeadLetterConfig !== undefined) return;
  steps.skipped(`dead letters of ${id}`, 'the emulator drops DeadLetterConfig from the template');
}

async function checkStage({ endpoint }: Emulator, { id, name, resource }: Deployed, steps: Steps) {
  const api = (await apiIdsAt(endpoint))[0];
  const path = `/restapis/${api}/stages/${name}`;
  const found = JSON.parse(await rawCall(endpoint, 'apigateway', 'GET', path));
  const { AccessLogSetting, MethodSettings } = resource.Properties as {
    AccessLogSetting?: object;
    MethodSettings?: readonly { readonly ThrottlingRateLimit?: number }[];
  };
  if (AccessLogSetting !== undefined && found.accessLogSettings?.destinationArn === undefined) {
    steps.skipped(`access log of ${id}`, 'the emulator drops AccessLogSetting from the template');
  }
  const wanted = MethodSettings?.[0]?.ThrottlingRateLimit;
  if (wanted === undefined || found.methodSettings?.['*/*']?.throttlingRateLimit === wanted) return;
  const value = String(wanted);
  const patch = { op: 'replace', path: '/*/*/throttling/rateLimit', value };
  const text = JSON.stringify({ patchOperations: [patch] });
  await rawCall(endpoint, 'apigateway', 'PATCH', path, { type: 'application/json', text });
  steps.repaired(`${id}: throttle of all methods, dropped from the template, is ${value} a second`);
}

async function apiIdsAt(endpoint: string): Promise<readonly string[]> {
  const found = JSON.parse(await rawCall(endpoint, 'apigateway', 'GET', '/restapis'));
  const items = (found.item ?? found.items ?? []) as readonly { readonly id: string }[];
  return items.map(({ id }) => id);
}
