/**
 * Every alarm of the deployed templates on the stack that runs them: quiet while a sale goes well, and in ALARM when what
 * it is for happens. Those that need what no local stack has are computed from their metrics, on both sides of their
 * thresholds.
 */

import { CloudWatchClient, DescribeAlarmsCommand } from '@aws-sdk/client-cloudwatch';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { SCENARIOS } from './alarm-scenarios.ts';
import { startWatch, type Watch } from './alarm-watch.ts';
import { MINUTE_MS, SWEPT_MS } from './scene.ts';

let watch: Watch;

beforeAll(async () => {
  watch = await startWatch();
}, 60_000);

afterAll(() => watch?.stop());

beforeEach(() => watch.begin());

/** How long things take is the machine's business here. */
const withoutSlow = (names: Iterable<string>) =>
  [...names].filter((name) => !name.endsWith('Slow')).sort();

type Computed = {
  readonly alarm: string;
  readonly of: string;
  readonly namespace: string;
  readonly metric: string;
  readonly inside: number;
  readonly outside: number;
};

const lambda = (alarm: string, of: string, metric: string, inside: number, outside: number) => ({
  ...{ alarm, of, metric, inside, outside, namespace: 'AWS/Lambda' },
});

const slow = (of: string, ms: number): Computed => lambda(`${of}Slow`, of, 'Duration', ms, ms + 1);

const COMPUTED: readonly Computed[] = [
  ...['Session', 'Status', 'Order', 'Payment'].map((name) => slow(name, 1000)),
  slow('Record', 10_000),
  slow('Sweep', 30_000),
  lambda('FunctionsThrottled', 'Buy', 'Throttles', 10, 11),
];

/** A hundred requests, of which the API turned some away. */
function answerMany({ scene }: Watch, throttled: number): void {
  const { metrics, clock, outputs } = scene.stack;
  const namespace = outputs['AlarmPrefix']?.replace('/', '') ?? '';
  const dimensions = { ApiName: `${namespace}-api`, Stage: 'live' };
  const counted = metrics.series({ namespace: 'AWS/ApiGateway', name: 'Count', dimensions });
  const refused = metrics.series({ namespace, name: 'ApiThrottled', dimensions: {} });
  for (let one = 0; one < 100; one++) counted.add(1, clock.now());
  for (let one = 0; one < throttled; one++) refused.add(1, clock.now());
}

describe('alarms', () => {
  test('are quiet while a sale goes well', async () => {
    const { scene, pass } = watch;
    await scene.publish({ id: 'quiet', closesAt: scene.stack.clock.now() + 10 * MINUTE_MS });
    await scene.open();
    const ada = await scene.enter();
    await scene.pay(await ada.token(await scene.order(ada, 'quiet')));
    const bob = await scene.enter();
    await scene.order(bob, 'quiet');
    await pass(10 + SWEPT_MS / MINUTE_MS + 35);
    expect(withoutSlow(watch.fired)).toEqual([]);
  });

  test.each(SCENARIOS)('$fires: $what', async ({ fires, run }) => {
    expect([...watch.fired].filter((name) => fires.includes(name))).toEqual([]);
    await run(watch);
    expect([...watch.fired]).toEqual(expect.arrayContaining([...fires]));
  });

  test.each(COMPUTED)('$alarm: above $inside, not at it', async (computed) => {
    const { alarm, of, namespace, metric, inside, outside } = computed;
    const { scene, pass, measure, fired } = watch;
    const { functions } = scene.stack as unknown as {
      readonly functions: {
        find(name: string): { readonly spec: { readonly physicalName: string } };
      };
    };
    const { physicalName } = functions.find(of).spec;
    const minutes = async (value: number) => {
      for (let minute = 0; minute < 2; minute++) {
        measure(namespace, metric, physicalName, value);
        await pass(1);
      }
    };
    await minutes(inside);
    expect([...fired]).not.toContain(alarm);
    await minutes(outside);
    expect([...fired]).toContain(alarm);
  });

  test('ApiThrottled: more than 5 % of requests, and not 5 %', async () => {
    const { pass, fired } = watch;
    const minutes = async (throttled: number) => {
      for (let minute = 0; minute < 2; minute++) {
        answerMany(watch, throttled);
        await pass(1);
      }
    };
    await minutes(5);
    expect([...fired]).not.toContain('ApiThrottled');
    await minutes(6);
    expect([...fired]).toContain('ApiThrottled');
  });

  test('have a scenario each', async () => {
    const covered = [
      ...SCENARIOS.flatMap(({ fires }) => fires),
      ...COMPUTED.map(({ alarm }) => alarm),
      'ApiThrottled',
    ];
    expect([...new Set(covered)].sort()).toEqual([...(await watch.names())].sort());
  });

  test('are described by CloudWatch as AWS describes them', async () => {
    const { stack } = watch.scene;
    const client = new CloudWatchClient({ ...stack.clientOverrides, endpoint: stack.awsUrl });
    const AlarmNamePrefix = stack.outputs['AlarmPrefix'] ?? '';
    const { MetricAlarms = [] } = await client.send(new DescribeAlarmsCommand({ AlarmNamePrefix }));
    expect(MetricAlarms).toHaveLength((await watch.names()).length);
    expect(MetricAlarms[0]).toMatchObject({
      AlarmName: `${AlarmNamePrefix}Oversold`,
      StateValue: 'OK',
      ActionsEnabled: true,
      AlarmActions: [stack.outputs['AlarmTopicArn']],
    });
  });
});
