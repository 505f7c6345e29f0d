/** @module The alarms of a deployment, by what their names begin with. */

import {
  CloudWatchClient,
  type CloudWatchClientConfig,
  type CompositeAlarm,
  type MetricAlarm,
  paginateDescribeAlarms,
} from '@aws-sdk/client-cloudwatch';
import type { AlarmFacts } from '../domain/preflight-facts.ts';
import { ask, withOutput } from './account-ask.ts';

/** The most that one page of DescribeAlarms holds. */
const PAGE = 100;

/** All of them, with their states. */
export const alarmFacts = (settings: CloudWatchClientConfig, prefix: string | undefined) =>
  withOutput(prefix, 'AlarmPrefix', (AlarmNamePrefix) =>
    ask('cloudwatch:DescribeAlarms', () => alarmsNamed(settings, AlarmNamePrefix)),
  );

async function alarmsNamed(
  settings: CloudWatchClientConfig,
  AlarmNamePrefix: string,
): Promise<readonly AlarmFacts[]> {
  const client = new CloudWatchClient(settings);
  const found: AlarmFacts[] = [];
  const pages = paginateDescribeAlarms(
    { client, pageSize: PAGE },
    // Without the types CloudWatch leaves out those that are made of others.
    { AlarmNamePrefix, AlarmTypes: ['MetricAlarm', 'CompositeAlarm'] },
  );
  for await (const { MetricAlarms = [], CompositeAlarms = [] } of pages) {
    found.push(...MetricAlarms.map(factsOf), ...CompositeAlarms.map(factsOf));
  }
  return found;
}

const factsOf = ({
  AlarmName = '',
  StateValue = 'INSUFFICIENT_DATA',
  ActionsEnabled = true,
  AlarmActions = [],
}: MetricAlarm | CompositeAlarm): AlarmFacts => ({
  name: AlarmName,
  state: StateValue,
  acts: ActionsEnabled && AlarmActions.length > 0,
});
