import { CfnOutput, Stack } from 'aws-cdk-lib';
import { AlarmStatusWidget, Dashboard } from 'aws-cdk-lib/aws-cloudwatch';
import type { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { AccessLogMetrics } from './access-log-metrics.ts';
import { Alarms } from './alarms.ts';
import { Canaries, type CanariesProps } from './canaries.ts';
import type { SaleApi } from './sale-api.ts';
import { metricsNamespace, SaleFunction } from './sale-function.ts';
import { saleVariable, saleWidgets } from './sale-widgets.ts';
import { serviceWidgets } from './service-widgets.ts';
import type { Watched } from './watched.ts';

export interface MonitoringProps extends Omit<Watched, 'functions' | 'gateway'> {
  /** What shoppers' requests come through. */
  readonly api: SaleApi;
  /** How a deployment moves calls to new versions. */
  readonly shift: CanariesProps['shift'];
}

/**
 * Alarms, dashboard, and deployments that roll back. It watches every function that the stack has when it is made: it
 * is made last.
 */
export class Monitoring extends Construct {
  constructor(scope: Construct, id: string, { api, shift, ...parts }: MonitoringProps) {
    super(scope, id);
    const stack = Stack.of(this);
    const log = api.node.findChild('AccessLog') as LogGroup;
    const functions = new Map(
      stack.node
        .findAll()
        .filter((one) => one instanceof SaleFunction)
        .map((fn) => [fn.folder as string, fn]),
    );
    const gateway = new AccessLogMetrics(this, 'AccessLog', api.api, log);
    const watched: Watched = { ...parts, functions, gateway };
    const alarms = new Alarms(this, 'Alarms', watched);
    new Canaries(this, 'Canaries', {
      ...{ functions: functions.values(), alarms: alarms.byFolder, shift },
    });
    const dashboard = this.dashboard(alarms, watched, api);
    new CfnOutput(stack, 'DashboardName', { value: dashboard.dashboardName });
  }

  private dashboard({ all }: Alarms, watched: Watched, { api }: SaleApi): Dashboard {
    const namespace = metricsNamespace(this);
    const states = new AlarmStatusWidget({
      title: 'Alarms',
      width: 24,
      height: 5,
      alarms: [...all],
    });
    return new Dashboard(this, 'Dashboard', {
      dashboardName: namespace,
      variables: [saleVariable(namespace)],
      widgets: [
        ...saleWidgets(namespace).map((row) => [...row]),
        [states],
        ...serviceWidgets(watched, api).map((row) => [...row]),
      ],
    });
  }
}
