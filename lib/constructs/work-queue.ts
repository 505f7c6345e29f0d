import { Duration, Validations } from 'aws-cdk-lib';
import { type IGrantable, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { EventSourceMapping } from 'aws-cdk-lib/aws-lambda';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { SaleFunction } from './sale-function.ts';

export interface WorkQueueProps {
  /** How long the function that works on it may run. A message is hidden six times as long, as AWS advises. */
  readonly workerTimeout: Duration;
  /** Tries before a message goes to the dead-letter queue. */
  readonly maxReceiveCount: number;
  /** Messages for one invocation, 1 to 10. */
  readonly batchSize: number;
  /** Invocations at once, 2 to 1,000. */
  readonly maxConcurrency: number;
}

/** The longest that SQS keeps a message: whoever looks after a dead-letter queue may be on holiday. */
const LONGEST = Duration.days(14);

/**
 * A standard queue with its dead-letter queue. Order and duplicates do not matter: each step of the protocol is
 * conditional, so FIFO would add nothing but its limits.
 */
export class WorkQueue extends Construct {
  readonly queue: Queue;
  readonly deadLetters: Queue;
  private readonly props: WorkQueueProps;

  constructor(scope: Construct, id: string, props: WorkQueueProps) {
    super(scope, id);
    this.props = props;
    const safe = { encryption: QueueEncryption.SQS_MANAGED, enforceSSL: true };
    this.deadLetters = new Queue(this, 'DeadLetters', { ...safe, retentionPeriod: LONGEST });
    this.queue = new Queue(this, 'Queue', {
      ...safe,
      visibilityTimeout: Duration.seconds(6 * props.workerTimeout.toSeconds()),
      deadLetterQueue: { queue: this.deadLetters, maxReceiveCount: props.maxReceiveCount },
    });
    Validations.of(this.deadLetters).acknowledge({
      id: 'Serverless-SQSRedrivePolicy',
      reason: 'It is the end of the line: a person looks at what is in it.',
    });
  }

  /** Lets a function send to it. */
  grantSend(grantee: IGrantable) {
    grantee.grantPrincipal.addToPrincipalPolicy(
      new PolicyStatement({ actions: ['sqs:SendMessage'], resources: [this.queue.queueArn] }),
    );
  }

  /** Has a function work on its messages; the function answers which messages of a batch failed. */
  feed(worker: SaleFunction) {
    worker.grantPrincipal.addToPrincipalPolicy(
      new PolicyStatement({
        actions: ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'],
        resources: [this.queue.queueArn],
      }),
    );
    const mapping = new EventSourceMapping(this, 'Source', {
      target: worker.alias,
      eventSourceArn: this.queue.queueArn,
      batchSize: this.props.batchSize,
      maxConcurrency: this.props.maxConcurrency,
      reportBatchItemFailures: true,
    });
    // Lambda refuses a source that the role may not read yet.
    worker.readyBefore(mapping);
    Validations.of(mapping).acknowledge({
      id: 'Serverless-LambdaEventSourceMappingDestination',
      reason:
        'For a queue Lambda knows no destination: what fails goes to the dead-letter queue of the queue.',
    });
  }
}
