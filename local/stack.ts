/**
 * @module
 * The local stack: runs a synthesised cloud assembly on one machine. It knows CloudFormation, and nothing of what the
 * assembly is for.
 */

import type { ApiCount } from './api/rest-api.ts';
import type { CallLog } from './calls.ts';
import type { Clock } from './clock.ts';
import type { BehaviorCount } from './cloudfront/behavior.ts';
import type { AlarmState } from './cloudwatch/alarm.ts';
import type { Faults } from './faults.ts';
import type { InvocationCount } from './lambda/lambda-function.ts';
import type { Metrics } from './metrics.ts';
import { Running } from './running.ts';
import type { BusEvent } from './services/event-bus.ts';

export type LocalStackOptions = {
  /**
   * The folder of the cloud assembly.
   *
   * @default 'cdk.out'
   */
  readonly assembly?: string;
  /** Port of the site, the first CloudFront distribution. @default - any that is free */
  readonly port?: number;
  /** Port of the AWS endpoint. @default - any that is free */
  readonly awsPort?: number;
  /** Template parameters by name. */
  readonly parameters?: Readonly<Record<string, string>>;
  /** A DynamoDB-compatible server in place of dynoxide. */
  readonly dynamodbEndpoint?: string;
  /**
   * How many invocations one environment runs at a time; 1 is what Lambda does.
   *
   * @default 64, which is three times as fast
   */
  readonly requestsPerEnvironment?: number;
  /**
   * Whether API Gateway refuses what comes faster than its stages and usage plans allow.
   *
   * @default true; without, what lies behind it can be measured
   */
  readonly throttles?: boolean;
  /**
   * How functions reach AWS: `injected` gives their clients a transport without sockets and signatures; with `network`
   * they find endpoints in their environment, and nothing is counted and no call fails on request.
   *
   * @default 'injected'
   */
  readonly clients?: 'injected' | 'network';
  /** Ms until a change of a KeyValueStore reaches the edge, on the virtual clock. @default 0 */
  readonly keyValueStoreDelayMs?: number;
  /** What CloudFront says of the viewer: `cloudfront-viewer-country` and the like. */
  readonly viewer?: Readonly<Record<string, string>>;
  /**
   * A request header in which viewers say which address is theirs, for a crowd on one machine; it goes no further.
   *
   * @default - none: the address of the connection
   */
  readonly viewerAddressHeader?: string;
  /** Takes what functions print, EMF left out: `Buy: text`. */
  readonly log?: (line: string) => void;
};

export type RequestCounts = {
  /** By path pattern of the first distribution. */
  readonly front: Readonly<Record<string, BehaviorCount>>;
  /** Requests that its web ACL did not let through, by rule: none of them is among `front`. */
  readonly waf: Readonly<Record<string, number>>;
  /** By `<api id>/<stage>`. */
  readonly api: Readonly<Record<string, ApiCount>>;
  /** By function name. */
  readonly functions: Readonly<Record<string, InvocationCount>>;
};

export type LocalStack = {
  /** `http://127.0.0.1:PORT`: the first distribution. */
  readonly siteUrl: string;
  /** One endpoint for every AWS API of the stack (`AWS_ENDPOINT_URL`). */
  readonly awsUrl: string;
  /** The outputs of all stacks. */
  readonly outputs: Readonly<Record<string, string>>;
  readonly clock: Clock;
  readonly calls: CallLog;
  readonly faults: Faults;
  readonly metrics: Metrics;
  /** All that PutEvents accepted, oldest first. */
  readonly events: readonly BusEvent[];
  readonly requests: RequestCounts;
  /**
   * What an SDK client in this process is built with, to call the stack without HTTP: `new XClient({...clientOverrides})`.
   * Such calls are not counted and meet no faults.
   */
  readonly clientOverrides: object;
  /** Waits until no invocation runs but those that wait for virtual time, and queues with consumers are empty. */
  settle(): Promise<void>;
  /** Invokes a function by name, and returns its answer. Rejects where the function fails. */
  invoke(functionName: string, event: unknown): Promise<unknown>;
  /**
   * How every alarm of the templates stands, by the minutes that are over. Queues are looked at from the first call on,
   * once in each minute of the virtual clock.
   */
  alarms(): Promise<readonly AlarmState[]>;
  /** Sets by how many ms a function's clock differs from the stack's. */
  skew(functionName: string, ms: number): void;
  /** Ends all environments of a function, as a crash of its host does. */
  kill(functionName: string): void;
  /** Forgets what CloudFront has cached. */
  clearCache(): void;
  stop(): Promise<void>;
};

/**
 * Starts everything that the assembly declares.
 *
 * @throws {Error} naming the resource that cannot be run here, or the port that is taken
 */
export async function startLocalStack(options: LocalStackOptions = {}): Promise<LocalStack> {
  const running = new Running(options);
  try {
    await running.start();
  } catch (error) {
    await running.stop();
    throw error;
  }
  return running;
}
