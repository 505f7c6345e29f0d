/**
 * @module
 * Everything that a preflight asks, of an account and of a sale in it. Each question is asked for itself: what is denied,
 * or not known in this place, leaves the others as they are.
 */

import type { DynamoDBClientConfig } from '@aws-sdk/client-dynamodb';
import { SQSClient } from '@aws-sdk/client-sqs';
import type { Verdict } from '../domain/audit.ts';
import type {
  AccountFacts,
  GateFacts,
  QuotaNames,
  SaleFacts,
  ScheduleWanted,
  StockFacts,
  Undone,
} from '../domain/preflight-facts.ts';
import { type Learnt, learnt, unknown } from '../domain/preflight-line.ts';
import type { PublishedSale } from '../domain/sale.ts';
import { readStatus } from '../domain/status.ts';
import { alarmFacts } from './account-alarms.ts';
import { apiFacts } from './account-api-gateway.ts';
import { ask } from './account-ask.ts';
import { distributionFacts } from './account-cloudfront.ts';
import { tableFacts, tableWriteLimit } from './account-dynamodb.ts';
import { issuerFacts } from './account-identity.ts';
import { lambdaFacts } from './account-lambda.ts';
import { globalQuotaByName, quotaByCode } from './account-quotas.ts';
import { instantIn, scheduleFacts } from './account-scheduler.ts';
import { auditSale } from './audit-sale.ts';
import type { Deployment } from './deployment.ts';
import { edgeSale } from './edge-store.ts';
import { keysEntry } from './key-rotation.ts';
import { queueDepths } from './queue-depths.ts';

/** A request lives no longer: what is younger may still be on its way. */
const IN_FLIGHT_MS = 10_000;

/** A deployment, as far as its account is asked about it. */
type Account = Pick<Deployment, 'outputs' | 'tables'> & {
  /** What clients are made with. */
  readonly settings: DynamoDBClientConfig;
};

/** What an account and a deployment are worth, whatever is sold. */
export async function accountFacts(
  { settings, outputs, tables }: Account,
  names: QuotaNames,
): Promise<AccountFacts> {
  const [api, lambda, quotas, catalogue, stock, orders, distribution, alarms, deadLetters] =
    await Promise.all([
      apiFacts(settings, outputs),
      lambdaFacts(settings, outputs),
      quotaFacts(settings, names),
      tableFacts(settings, tables.catalogue),
      tableFacts(settings, tables.stock),
      tableFacts(settings, tables.orders),
      distributionFacts(settings, outputs.DistributionId),
      alarmFacts(settings, outputs.AlarmPrefix),
      undone({ settings, outputs }),
    ]);
  return {
    ...{ api, lambda, quotas, distribution, alarms, deadLetters },
    tables: { catalogue, stock, orders },
  };
}

async function quotaFacts(
  settings: DynamoDBClientConfig,
  { tableWrites, schedules, edge }: QuotaNames,
): Promise<AccountFacts['quotas']> {
  const [asked, ran, seen] = await Promise.all([
    quotaByCode(settings, tableWrites.service, tableWrites.code),
    quotaByCode(settings, schedules.service, schedules.code),
    globalQuotaByName(settings, edge.service, edge.name),
  ]);
  // DynamoDB says its own limit to whoever may not ask Service Quotas.
  const own = asked.kind === 'unknown' ? await tableWriteLimit(settings) : asked;
  const writes =
    own.kind === 'learnt' && typeof own.value === 'number'
      ? learnt({ value: own.value, is: 'applied' as const })
      : asked;
  return { tableWrites: writes, schedules: ran, edge: seen };
}

async function undone({
  settings,
  outputs,
}: Pick<Account, 'settings' | 'outputs'>): Promise<readonly Undone[]> {
  const sqs = new SQSClient({ ...settings, useQueueUrlAsEndpoint: false });
  const depths = await queueDepths(sqs, outputs);
  return (['ordersDlq', 'sweepsDlq', 'schedulerDlq'] as const).map((name) => {
    const depth = depths[name];
    const fact =
      'unknown' in depth
        ? unknown(`sqs:GetQueueAttributes of ${name}: ${depth.unknown}`)
        : learnt(depth.waiting + depth.inFlight);
    return { name, fact };
  });
}

/** What is known of the gate and of sign-in; the time is the edge's and this machine's. */
export async function gateFacts(deployed: Deployment): Promise<GateFacts> {
  const { edge, keys, paymentKeys, outputs } = deployed;
  const { OidcIssuer = 'none' } = outputs;
  const read = 'cloudfront-keyvaluestore:GetKey';
  const [settings, known, secret, paymentKey, issuer] = await Promise.all([
    ask(read, () => edge.entry('settings')),
    ask(read, () => edge.entry('keys')),
    ask('secretsmanager:GetSecretValue', async () => keysEntry(await keys.read())),
    ask('secretsmanager:GetSecretValue', async () => Boolean((await paymentKeys())['key'])),
    OidcIssuer === 'none' ? unknown('there is none') : issuerFacts(OidcIssuer),
  ]);
  return {
    ...{ settings, paymentKey },
    keys: {
      secret: mapped(secret, ringOf),
      edge: mapped(known, (entry) => entry && ringOf(entry as Record<string, string>)),
    },
    issuer,
  };
}

const ringOf = ({ active = '', ...keys }: Readonly<Record<string, string>>) => ({ active, keys });

function mapped<A, B>(fact: Learnt<A>, map: (value: A) => B): Learnt<B> {
  return fact.kind === 'unknown' ? fact : learnt(map(fact.value));
}

/** What publishing has made of a sale. */
export async function saleFacts(deployed: Deployment, sale: PublishedSale): Promise<SaleFacts> {
  const { settings, outputs, edge } = deployed;
  const key = `sale/${sale.id}`;
  const audit = ask('dynamodb:Query, dynamodb:Scan', () =>
    auditSale(deployed, sale.id, { inFlightMs: IN_FLIGHT_MS }),
  );
  const [verdict, entry, schedules] = await Promise.all([
    audit,
    ask('cloudfront-keyvaluestore:GetKey', () => edge.entry(key)),
    Promise.all(
      wantedOf(deployed, sale).map(async (wanted) => ({
        wanted,
        fact: await scheduleFacts(settings, outputs.ScheduleGroup, wanted.name),
      })),
    ),
  ]);
  return {
    audit: verdict,
    stock: await stockFacts(deployed, sale, verdict),
    entry: { wanted: edgeSale(sale)[key] ?? {}, found: entry },
    schedules,
    data: deployed.site.dataOf(sale),
  };
}

/** A schedule that fires once may be gone once it has; the one that sweeps goes when nothing is left to sweep. */
function wantedOf(deployed: Deployment, sale: PublishedSale): readonly ScheduleWanted[] {
  return deployed.schedules.wanted(sale).map(({ name, target, when }) => {
    const at = instantIn(when.ScheduleExpression ?? '') ?? when.StartDate?.getTime() ?? 0;
    return { name, target, at, until: when.StartDate === undefined ? at : sale.closesAt };
  });
}

const stockFacts = async (
  { store }: Deployment,
  { id: saleId, items }: PublishedSale,
  verdict: Learnt<Verdict>,
): Promise<Learnt<readonly StockFacts[]>> => {
  if (verdict.kind === 'unknown') return verdict;
  return ask('dynamodb:BatchGetItem', () =>
    Promise.all(
      items.map(async ({ sku }) => {
        const status = await readStatus(store, { saleId, sku });
        const counted = verdict.value.items.find((one) => one.sku === sku)?.cap ?? 0;
        return { sku, counted, grants: status?.grants ?? 0, ...(status && { said: status.cap }) };
      }),
    ),
  );
};
