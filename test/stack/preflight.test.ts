/** The preflight as it is typed, against a stack that runs: what can be judged here passes, until it is broken. */

import { CloudFrontKeyValueStoreClient } from '@aws-sdk/client-cloudfront-keyvaluestore';
import '@aws-sdk/signature-v4a';
import { DeleteObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { DeleteScheduleCommand, SchedulerClient } from '@aws-sdk/client-scheduler';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { putEdgeEntries } from '../../adapters/edge-store.ts';
import { saveDraft } from '../../domain/draft.ts';
import type { Line } from '../../domain/preflight-line.ts';
import { type SaleCommands, saleCommands } from './sale-command.ts';
import { aSale, MINUTE_MS, type Scene, startScene } from './scene.ts';

let scene: Scene;
let commands: SaleCommands;

beforeAll(async () => {
  scene = await startScene();
  commands = saleCommands(scene);
}, 60_000);

afterAll(async () => {
  commands?.close();
  await scene?.stop();
});

type Report = {
  readonly isReady: boolean;
  readonly failing: readonly string[];
  readonly notJudged: readonly string[];
  readonly lines: readonly Line[];
};

const typed = (...words: readonly string[]) => commands.sale('preflight', ...words);

async function reported(saleId: string): Promise<Report & { readonly code: number }> {
  // The edge keeps files for a second, and the sale before this one has just been looked at.
  scene.stack.clearCache();
  const { code, out, err } = await typed(saleId, '--json');
  if (out === '') throw new Error(err);
  return { code, ...(JSON.parse(out) as Report) };
}

/** A sale that opens in an hour. */
const publishLater = (id: string) => {
  const now = scene.stack.clock.now();
  const times = { opensAt: now + 60 * MINUTE_MS, closesAt: now + 120 * MINUTE_MS };
  return scene.publish({ id, ...times });
};

/** What no local stack has: quotas, and what only AWS keeps of a deployment. */
const ONLY_ON_AWS = [
  ...['api-rate', 'api-burst', 'lambda-concurrency', 'table-writes', 'scheduler-rate', 'edge-rate'],
  ...['buy-plan', 'browse-plan', 'method-throttle', 'buy-environments', 'record-environments'],
  ...['buy-version', 'record-version', 'tables-recovery', 'distribution', 'warm-throughput'],
];

const settings = () => ({
  endpoint: scene.stack.awsUrl,
  region: 'us-east-1',
  credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
});

describe('preflight', () => {
  test('passes a good sale, and names what cannot be judged here', async () => {
    await publishLater('good');
    const { code, failing, notJudged, isReady, lines } = await reported('good');
    expect([code, failing, isReady]).toEqual([0, [], true]);
    expect(notJudged).toEqual(ONLY_ON_AWS);
    for (const line of lines.filter(({ verdict }) => verdict === 'not-judged')) {
      expect(line.found).toMatch(/this place (does not answer|has no)/);
    }
    const { out } = await typed('good');
    expect(out).toMatch(/pass {8}Stock as published: lamp 10\n/);
    expect(out).toMatch(/, 0 fail, 16 not judged here \(api-rate, .*\)\n$/);
  }, 60_000);

  test('fails where a schedule was deleted', async () => {
    await publishLater('unscheduled');
    const { outputs } = scene.stack;
    const schedule = { GroupName: outputs['ScheduleGroup'], Name: 'unscheduled-close' };
    await new SchedulerClient(settings()).send(new DeleteScheduleCommand(schedule));
    const { code, failing, lines } = await reported('unscheduled');
    expect([code, failing]).toEqual([1, ['schedules']]);
    expect(lines.find(({ id }) => id === 'schedules')?.found).toBe('unscheduled-close is missing');
  }, 60_000);

  test('fails where the gate was told something else', async () => {
    await publishLater('astray');
    const { KeyValueStoreArn = '' } = scene.stack.outputs;
    const client = new CloudFrontKeyValueStoreClient({
      ...settings(),
      endpoint: 'http://localhost',
      endpointProvider: () => ({ url: new URL(scene.stack.awsUrl) }),
    });
    await putEdgeEntries(client, KeyValueStoreArn, { 'sale/astray': { o: 1, p: true } });
    const { code, failing, lines } = await reported('astray');
    expect([code, failing]).toEqual([1, ['edge-entry']]);
    const line = lines.find(({ id }) => id === 'edge-entry');
    expect(line?.found).toMatch(/^differs in: opening, .*pause/);
  }, 60_000);

  test('fails where files of the page are missing', async () => {
    await publishLater('pageless');
    const { SiteBucket: Bucket } = scene.stack.outputs;
    const s3 = new S3Client({ ...settings(), forcePathStyle: true });
    for (const name of ['sale.json', 'sale.js']) {
      await s3.send(new DeleteObjectCommand({ Bucket, Key: `sales/pageless/${name}` }));
    }
    scene.stack.clearCache();
    const { failing } = await reported('pageless');
    expect(failing).toEqual(['page-data', 'flag']);
  }, 60_000);

  test('judges a draft by the account alone, and knows no sale that is neither', async () => {
    const now = scene.stack.clock.now();
    const times = { opensAt: now + 60 * MINUTE_MS, closesAt: now + 120 * MINUTE_MS };
    await saveDraft(scene.deployment, aSale(now, { id: 'planned', ...times }), 0);
    const { code, notJudged } = await reported('planned');
    expect([code, notJudged]).toEqual([0, expect.arrayContaining(['stock', 'schedules', 'flag'])]);
    const { code: none, err } = await typed('nowhere');
    expect([none, err]).toEqual([
      1,
      expect.stringContaining('Cannot look ahead for "nowhere": there is no such sale'),
    ]);
  }, 60_000);

  test('fails where a message lies in a dead-letter queue', async () => {
    await publishLater('undone');
    const { OrdersDlqUrl: QueueUrl } = scene.stack.outputs;
    const sqs = new SQSClient({ ...settings(), useQueueUrlAsEndpoint: false });
    await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: '{}' }));
    const { failing, lines } = await reported('undone');
    expect(failing).toContain('dead-letters');
    expect(lines.find(({ id }) => id === 'dead-letters')?.found).toBe('ordersDlq 1');
  }, 60_000);

  // The last: the stack's clock does not go back.
  test('warns where this machine’s clock is off, and fails where it is off by more than a minute', async () => {
    const clock = async () => {
      const { lines } = await reported('clocked');
      return lines.find(({ id }) => id === 'clock')?.verdict;
    };
    await publishLater('clocked');
    expect(await clock()).toBe('pass');
    await scene.stack.clock.advance(30_000);
    expect(await clock()).toBe('warn');
    await scene.stack.clock.advance(60_000);
    expect(await clock()).toBe('fail');
  }, 60_000);
});
