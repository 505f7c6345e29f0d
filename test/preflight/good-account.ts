/** @module An account that has all that its sale needs. */

import type { accountFacts } from '../../adapters/account.ts';
import type { Outputs } from '../../adapters/deployment.ts';

const FUNCTION = 'arn:aws:lambda:eu-central-1:111122223333:function';
const QUEUE = 'https://sqs.eu-central-1.amazonaws.com/111122223333';

export const OUTPUTS = {
  ApiId: 'api123',
  ApiStage: 'live',
  DistributionId: 'E1ABCDEF',
  AlarmPrefix: 'Sale-',
  BuyFunctionArn: `${FUNCTION}:Buy:live`,
  RecordFunctionArn: `${FUNCTION}:Record:live`,
  OrdersQueueUrl: `${QUEUE}/Orders`,
  OrdersDlqUrl: `${QUEUE}/OrdersDlq`,
  SweepsQueueUrl: `${QUEUE}/Sweeps`,
  SweepsDlqUrl: `${QUEUE}/SweepsDlq`,
  SchedulerDlqUrl: `${QUEUE}/SchedulerDlq`,
};

/** It, as a deployment reaches it. @param settings of its clients */
export const ACCOUNT = (settings: object): Parameters<typeof accountFacts>[0] => ({
  settings,
  outputs: OUTPUTS as unknown as Outputs,
  tables: { catalogue: 'Catalogue', stock: 'Stock', orders: 'Orders' },
});
