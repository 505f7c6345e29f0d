/** @module CloudWatch's part of the stack: what services count, and the alarms of the templates. */

import type { Call, CallLog } from '../calls.ts';
import type { VirtualClock } from '../clock.ts';
import type { EngineClient } from '../engines/engine-client.ts';
import type { Inventory } from '../inventory.ts';
import type { Metrics } from '../metrics.ts';
import { AwsError, documentOf, jsonResponse, type Service } from '../services/aws-http.ts';
import { type AlarmState, evaluate } from './alarm.ts';
import { sampleQueues } from './queue-samples.ts';

export type MonitorOptions = {
  readonly inventory: Inventory;
  readonly metrics: Metrics;
  readonly queues: EngineClient;
  readonly clock: VirtualClock;
  readonly calls: CallLog;
};

type Asked = {
  readonly AlarmNames?: readonly string[];
  readonly AlarmNamePrefix?: string;
  readonly StateValue?: string;
};

const MINUTE_MS = 60_000;

const THROTTLING = /Throttl|ThroughputExceeded|RequestLimitExceeded/;

export class Monitor {
  private readonly options: MonitorOptions;
  private isSampling = false;

  constructor(options: MonitorOptions) {
    this.options = options;
    options.calls.onAdd = (call) => this.countThrottle(call);
  }

  /**
   * How every alarm stands. Queues are looked at from the first call on, once in each minute of the virtual clock: a
   * stack that nobody watches does not stop at every minute.
   */
  async alarms(): Promise<readonly AlarmState[]> {
    const { inventory, metrics, clock } = this.options;
    if (!this.isSampling) {
      this.isSampling = true;
      await this.sample();
    }
    return inventory.alarms.map((alarm) => evaluate(alarm, metrics, clock.now()));
  }

  /** CloudWatch's own API: DescribeAlarms. */
  readonly service: Service = async (operation, request) => {
    if (operation !== 'DescribeAlarms') {
      throw new AwsError('UnknownOperationException', `Cannot call monitoring.${operation} here`);
    }
    const asked = documentOf<Asked>(request);
    const states = await this.alarms();
    const all = this.options.inventory.alarms.map((spec, index) => ({ spec, now: states[index] }));
    const MetricAlarms = all
      .filter(({ now }) => now !== undefined && isMeant(asked, now))
      .map(({ spec, now }) => ({
        AlarmName: spec.name,
        AlarmDescription: spec.description,
        ActionsEnabled: true,
        AlarmActions: spec.actions,
        StateValue: now?.state,
        StateReason: now?.reason,
      }));
    return jsonResponse(200, { MetricAlarms, CompositeAlarms: [] });
  };

  private async sample(): Promise<void> {
    const { inventory, metrics, queues, clock } = this.options;
    const names = inventory.queues.map(({ name }) => name);
    await sampleQueues(names, queues, metrics, clock.now());
    clock.after(MINUTE_MS, () => this.sample());
  }

  private countThrottle({ service, operation, table, error }: Call): void {
    if (service !== 'dynamodb' || table === undefined || !THROTTLING.test(error ?? '')) return;
    const { metrics, clock } = this.options;
    const isRead = /^(BatchGet|Get|Query|Scan)/.test(operation);
    const name = isRead ? 'ReadThrottleEvents' : 'WriteThrottleEvents';
    const dimensions = { TableName: table };
    metrics.series({ namespace: 'AWS/DynamoDB', name, dimensions }).add(1, clock.now());
  }
}

const isMeant = (
  { AlarmNames, AlarmNamePrefix = '', StateValue }: Asked,
  { name, state }: AlarmState,
): boolean =>
  (AlarmNames?.includes(name) ?? true) &&
  name.startsWith(AlarmNamePrefix) &&
  (StateValue ?? state) === state;
