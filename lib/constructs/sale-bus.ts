import { type Duration, Stack } from 'aws-cdk-lib';
import { EventBus } from 'aws-cdk-lib/aws-events';
import { type IGrantable, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';

export interface SaleBusProps {
  /** How long events can be replayed. */
  readonly retention: Duration;
}

/** The bus of domain events, and an archive of all of them. Subscribers bring their own rules. */
export class SaleBus extends Construct {
  readonly bus: EventBus;

  constructor(scope: Construct, id: string, { retention }: SaleBusProps) {
    super(scope, id);
    this.bus = new EventBus(this, 'Bus');
    this.bus.archive('Archive', {
      // Every event: an archive must have a pattern, and each event carries its account.
      eventPattern: { account: [Stack.of(this).account] },
      retention,
    });
  }

  /** Lets a function publish domain events. */
  grantPublish(grantee: IGrantable) {
    grantee.grantPrincipal.addToPrincipalPolicy(
      new PolicyStatement({ actions: ['events:PutEvents'], resources: [this.bus.eventBusArn] }),
    );
  }
}
