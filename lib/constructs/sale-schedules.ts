import { Aws, Duration, Stack, Validations } from 'aws-cdk-lib';
import { type IGrantable, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { ScheduleGroup } from 'aws-cdk-lib/aws-scheduler';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct, type IConstruct } from 'constructs';
import type { SaleFunction } from './sale-function.ts';

/** The group in which a published sale has its schedules (`adapters/sale-schedules.ts`), and what Scheduler may do with them. */
export class SaleSchedules extends Construct {
  readonly group: ScheduleGroup;
  /** What Scheduler assumes to call the functions. */
  readonly role: Role;
  /** What Scheduler could not deliver, and what its functions failed to do. */
  readonly deadLetters: Queue;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.group = new ScheduleGroup(this, 'Group');
    this.deadLetters = new Queue(this, 'DeadLetters', {
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      // The longest that SQS keeps a message.
      retentionPeriod: Duration.days(14),
    });
    this.role = new Role(this, 'Role', {
      // Only for schedules of this group: otherwise any schedule of the account could borrow the role.
      assumedBy: new ServicePrincipal('scheduler.amazonaws.com', {
        conditions: {
          StringEquals: { 'aws:SourceAccount': Stack.of(this).account },
          ArnEquals: { 'aws:SourceArn': this.group.scheduleGroupArn },
        },
      }),
    });
    this.role.addToPolicy(
      new PolicyStatement({
        actions: ['sqs:SendMessage'],
        resources: [this.deadLetters.queueArn],
      }),
    );
    for (const id of ['AwsSolutions-SQS3', 'Serverless-SQSRedrivePolicy']) {
      Validations.of(this.deadLetters).acknowledge({
        id,
        reason:
          'It is itself a dead-letter queue: of Scheduler and of the functions that it calls.',
      });
    }
  }

  /** Lets Scheduler call a function. */
  call(fn: SaleFunction) {
    this.role.addToPolicy(
      new PolicyStatement({
        actions: ['lambda:InvokeFunction'],
        resources: [fn.alias.functionArn],
      }),
    );
  }

  /** Lets a function delete the schedules of a sale that has ended. */
  grantDelete(grantee: IGrantable & IConstruct) {
    this.grant(grantee, 'DeleteSchedule');
  }

  /** Lets a function create the schedules of a sale, which Scheduler then runs in its own role. */
  grantCreate(grantee: IGrantable & IConstruct) {
    this.grant(grantee, 'CreateSchedule');
    grantee.grantPrincipal.addToPrincipalPolicy(
      new PolicyStatement({
        actions: ['iam:PassRole'],
        resources: [this.role.roleArn],
        conditions: { StringEquals: { 'iam:PassedToService': 'scheduler.amazonaws.com' } },
      }),
    );
  }

  private grant(grantee: IGrantable & IConstruct, call: 'CreateSchedule' | 'DeleteSchedule') {
    const group: string = Stack.of(this).resolve(this.group.scheduleGroupName);
    // Not `formatArn`: with a Region of its own the stack would write it out, and the finding would change its name.
    const of = `${Aws.REGION}:${Aws.ACCOUNT_ID}`;
    const schedules = `arn:${Aws.PARTITION}:scheduler:${of}:schedule/${group}/*`;
    grantee.grantPrincipal.addToPrincipalPolicy(
      new PolicyStatement({ actions: [`scheduler:${call}`], resources: [schedules] }),
    );
    Validations.of(grantee).acknowledge({
      id: `AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:scheduler:<AWS::Region>:<AWS::AccountId>:schedule/${group}/*]`,
      reason: 'The schedules of any sale, and sales come and go without a deployment.',
    });
  }
}
