/** @module What API Gateway counts together, told apart by its access log: its own refusals from its own failures. */

import { Duration } from 'aws-cdk-lib';
import type { RestApi } from 'aws-cdk-lib/aws-apigateway';
import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { FilterPattern, type ILogGroup, MetricFilter } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { metricsNamespace } from './sale-function.ts';

const PERIOD = Duration.minutes(1);

/**
 * Filters on an access log as `keyed-api.ts` writes it: `error` names what API Gateway answered by itself, and is a dash
 * where a function answered. AWS's own metric `4XXError` has both in one, and `5XXError` has every pause of a sale.
 */
export class AccessLogMetrics extends Construct {
  readonly requests: Metric;
  readonly throttled: Metric;
  readonly failed: Metric;

  constructor(scope: Construct, id: string, api: RestApi, log: ILogGroup) {
    super(scope, id);
    this.requests = new Metric({
      ...{ namespace: 'AWS/ApiGateway', metricName: 'Count', statistic: 'Sum', period: PERIOD },
      dimensionsMap: { ApiName: api.restApiName, Stage: api.deploymentStage.stageName },
    });
    this.throttled = this.filter('ApiThrottled', log, '{ $.error = "THROTTLED" }');
    this.failed = this.filter('ApiFailed', log, '{ $.status = "5*" && $.error != "-" }');
  }

  private filter(metricName: string, logGroup: ILogGroup, pattern: string): Metric {
    const metricNamespace = metricsNamespace(this);
    new MetricFilter(this, metricName, {
      ...{ logGroup, metricNamespace, metricName, metricValue: '1' },
      filterPattern: FilterPattern.literal(pattern),
    });
    const asked = { statistic: 'Sum', period: PERIOD };
    return new Metric({ namespace: metricNamespace, metricName, ...asked });
  }
}
