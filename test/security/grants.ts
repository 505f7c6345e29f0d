/** @module What the synthesised roles allow: one line for each action on each resource. */

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export type Grant = {
  /** The function's name on the local stack, or what else assumes the role. */
  readonly who: string;
  /** Such as `dynamodb:PutItem`. */
  readonly action: string;
  /** Such as `stock`. */
  readonly resource: string;
};

/** How policies name what may be touched. */
const RESOURCES: readonly (readonly [RegExp, string])[] = [
  [/TablesCatalogue/, 'catalogue'],
  [/TablesStock/, 'stock'],
  [/TablesOrders/, 'orders'],
  [/SecretsSigningKeys/, 'signing keys'],
  [/SecretsPaymentKeys/, 'payment keys'],
  [/SiteBucketArn.*\/sales\/\*/, 'site/sales/*'],
  [/ReportsBucketArn.*\/reconciliation\/\*/, 'reports/reconciliation/*'],
  [/ImportsBucketArn.*\/incoming\/\*/, 'imports/incoming/*'],
  [/ImportsBucketArn.*\/reports\/\*/, 'imports/reports/*'],
  [/Store[0-9A-F]{8}/, 'gate'],
  [/EventsBus/, 'bus'],
  [/OrdersQueue/, 'orders queue'],
  [/SweepsQueue/, 'sweeps queue'],
  [/SchedulesDeadLetters/, 'scheduler dlq'],
  [/SchedulesRole/, 'scheduler role'],
  [/:scheduler:.*:schedule\/FlashSaledevService-Schedules-Group-[0-9A-F]+\/\*/, 'schedules'],
  [/(Background(Open|Sweep|Close)|MoneyReconcile|WarmingWarm)Live/, 'alias'],
  [/RequestsBuyLive/, 'buy alias'],
  [/Logs[0-9A-F]{8}/, 'log group'],
];

/** The name of a resource of a policy. @throws {Error} quoting it where it has none: a wildcard has none */
export function nameOf(target: unknown): string {
  const text = JSON.stringify(target);
  const found = RESOURCES.find(([pattern]) => pattern.test(text));
  if (!found) throw new Error(`Cannot name a resource of a policy: ${text}`);
  return found[1];
}

type Statement = {
  readonly Action: string | readonly string[];
  readonly Effect: string;
  readonly Resource: unknown;
};

type Resource = { readonly Type: string; readonly Properties: Readonly<Record<string, unknown>> };

export type Template = { readonly Resources: Readonly<Record<string, Resource>> };

/** The templates of a cloud assembly, by the last part of their names: `Data`, `Service`, `Edge`. */
export function templatesIn(assembly: string): Readonly<Record<string, Template>> {
  const names = readdirSync(assembly).filter((name) => name.endsWith('.template.json'));
  return Object.fromEntries(
    names.map((name) => [
      name.replace('.template.json', '').split('-').at(-1) ?? '',
      JSON.parse(readFileSync(join(assembly, name), 'utf8')) as Template,
    ]),
  );
}

const many = <T>(value: T | readonly T[]): readonly T[] => [value].flat() as T[];

/** `RequestsBuyRoleDefaultPolicy…` is of `Buy`, as the local stack calls the function. */
const whoseOf = (policy: string): string =>
  policy
    .replace(/^(Requests|Background|Operators|Warming|Money|Imports)/, '')
    .replace(/Role.*$/, '');

/**
 * What the roles of the Service stack may do.
 *
 * @throws {Error} naming a statement that is more than an allowance, or a resource without a name
 */
export function grantsIn({ Resources }: Template): readonly Grant[] {
  const grants = Object.entries(Resources)
    .filter(([, { Type }]) => Type === 'AWS::IAM::Policy')
    .flatMap(([id, { Properties }]) => {
      const { Statement } = Properties['PolicyDocument'] as { Statement: readonly Statement[] };
      return Statement.flatMap((statement) => grantsOf(whoseOf(id), statement));
    });
  return [...new Map(grants.map((grant) => [keyOf(grant), grant])).values()].sort((a, b) =>
    keyOf(a) < keyOf(b) ? -1 : 1,
  );
}

function grantsOf(who: string, { Action, Effect, Resource }: Statement): readonly Grant[] {
  if (Effect !== 'Allow') throw new Error(`Cannot read a policy of "${who}": it says "${Effect}"`);
  return many(Action).flatMap((action) =>
    many(Resource).map((target) => ({ who, action, resource: nameOf(target) })),
  );
}

/** One text for one grant. */
export const keyOf = ({ who, action, resource }: Grant): string => `${who} ${action} ${resource}`;

/**
 * What AWS does with a function's role before and after the function runs. No call of the function's own: no recording
 * can show it.
 */
const BY_AWS: Readonly<Record<string, string>> = {
  'logs:CreateLogStream': 'Lambda writes what the function prints',
  'logs:PutLogEvents': 'Lambda writes what the function prints',
  'sqs:ReceiveMessage': 'Lambda polls the queue for the function',
  'sqs:DeleteMessage': 'Lambda polls the queue for the function',
  'sqs:GetQueueAttributes': 'Lambda polls the queue for the function',
  'lambda:InvokeFunction': 'Scheduler calls the function',
  'iam:PassRole': 'Scheduler takes the role that a new schedule names',
};

/** Why a grant is used by AWS itself, or nothing where the function must use it. */
export function usedByAws({ action, resource }: Grant): string | undefined {
  if (resource === 'scheduler dlq')
    return 'keeps what could not be delivered, or failed three times';
  return BY_AWS[action];
}
