import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Duration, RemovalPolicy, Stack, Validations } from 'aws-cdk-lib';
import {
  type IGrantable,
  type IPrincipal,
  PolicyStatement,
  Role,
  ServicePrincipal,
} from 'aws-cdk-lib/aws-iam';
import {
  Alias,
  ApplicationLogLevel,
  Architecture,
  Code,
  type IFunction,
  type IVersion,
  Function as LambdaFunction,
  LoggingFormat,
  Runtime,
  SystemLogLevel,
} from 'aws-cdk-lib/aws-lambda';
import { LogGroup, type RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { FUNCTION_MEMORY_MB } from '../../capacity/sizes.ts';
import { bundlesOf } from '../aws-client.ts';
import type { EnvironmentOf, Folder } from '../function-env.ts';
import { awsClientFrom } from '../stage.ts';

const DIST = fileURLToPath(new URL('../../dist/', import.meta.url));

export interface SaleFunctionProps<F extends Folder> {
  /** The folder of `lambdas/` that it runs. */
  readonly folder: F;
  /** What it does, for whoever finds it in the console. */
  readonly description: string;
  /** One value for each variable that the folder's `env.ts` declares; more or fewer do not compile. */
  readonly environment: EnvironmentOf<F>;
  /** How long its logs are kept. */
  readonly logRetention: RetentionDays;
  /**
   * How long one invocation may run.
   *
   * @default - 10 seconds: a request takes 40 ms, its AWS calls time out after 1 s and are tried twice, and a shopper
   * who waited 10 s has gone
   */
  readonly timeout?: Duration;
  /** MB of memory, and CPU with it. @default - what a request needs */
  readonly memoryMb?: number;
  /**
   * Environments kept for it, which are its ceiling too.
   *
   * @default - unreserved: what the account has left
   */
  readonly concurrency?: number | 'unreserved';
  /**
   * Where an asynchronous invocation goes that failed three times.
   *
   * @default - none: it is never invoked asynchronously
   */
  readonly deadLetters?: IQueue;
}

/** Where the functions of a stack put their own metrics: two stages in one account do not mix. */
export const metricsNamespace = (scope: Construct): string => Stack.of(scope).stackName;

/** One folder of `lambdas/` in AWS: function, role, log group, and the alias `live` by which everybody calls it. */
export class SaleFunction<F extends Folder = Folder> extends Construct implements IGrantable {
  /** What callers name. A deployment moves it from one version to the next. */
  readonly alias: IFunction;
  /** The folder of `lambdas/` that it runs. */
  readonly folder: Folder;
  /** The same alias, for what moves it. */
  readonly live: Alias;
  /** What CloudWatch knows it by. */
  readonly functionName: string;
  readonly grantPrincipal: IPrincipal;
  private readonly role: Role;

  constructor(scope: Construct, id: string, props: SaleFunctionProps<F>) {
    super(scope, id);
    const logGroup = new LogGroup(this, 'Logs', {
      retention: props.logRetention,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    this.role = this.grantPrincipal = new Role(this, 'Role', {
      assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
    });
    this.role.addToPolicy(
      // In place of AWSLambdaBasicExecutionRole, which may write to every log group of the account.
      new PolicyStatement({
        actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
        resources: [logGroup.logGroupArn],
      }),
    );
    const { concurrency = 'unreserved' } = props;
    const bundles = bundlesOf(awsClientFrom((key) => this.node.tryGetContext(key)));
    const lambda = new LambdaFunction(this, 'Function', {
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      code: Code.fromAsset(join(DIST, bundles, props.folder)),
      handler: 'index.handler',
      description: props.description,
      environment: { ...props.environment, METRICS_NAMESPACE: metricsNamespace(this) },
      role: this.role,
      memorySize: props.memoryMb ?? FUNCTION_MEMORY_MB,
      timeout: props.timeout ?? Duration.seconds(10),
      logGroup,
      loggingFormat: LoggingFormat.JSON,
      applicationLogLevelV2: ApplicationLogLevel.INFO,
      systemLogLevelV2: SystemLogLevel.WARN,
      ...(props.deadLetters && { deadLetterQueue: props.deadLetters }),
      ...(concurrency !== 'unreserved' && { reservedConcurrentExecutions: concurrency }),
    });
    // The library's classes are not written for `exactOptionalPropertyTypes`: they fit their interfaces all the same.
    const version = lambda.currentVersion as IVersion;
    this.live = new Alias(this, 'Live', { aliasName: 'live', version });
    this.alias = this.live as IFunction;
    this.folder = props.folder;
    this.functionName = lambda.functionName;
    this.acknowledge(props.deadLetters !== undefined);
  }

  /** Makes a construct wait until the role may do what has been granted so far. */
  readyBefore(construct: Construct) {
    construct.node.addDependency(this.role);
  }

  private acknowledge(hasDeadLetters: boolean) {
    Validations.of(this).acknowledge({
      id: 'Serverless-LambdaTracing',
      reason:
        'X-Ray would cost $5 for a million buys and wants a wildcard in every role. The transaction id in each log ' +
        'line and message joins the steps of an order.',
    });
    if (!hasDeadLetters) {
      Validations.of(this).acknowledge({
        id: 'Serverless-LambdaDLQ',
        reason:
          'It is invoked synchronously, or by a queue that has a dead-letter queue of its own.',
      });
    }
  }
}
