/**
 * @module
 * One execution environment: a module state of its own, which can be killed at any call. What a killed environment
 * awaits never arrives, its timers never fire, and its invocations end as crashed.
 */

import { randomUUID } from 'node:crypto';
import type { VirtualClock } from '../clock.ts';
import type { FunctionSpec } from '../inventory.ts';
import { awsOverrides, type TransportOptions } from './aws-transport.ts';
import type { Bundle, Handler } from './bundle.ts';
import type { Outcome } from './outcome.ts';
import { sandbox } from './sandbox.ts';
import { Timers } from './timers.ts';

export type EnvironmentOptions = {
  readonly spec: FunctionSpec;
  readonly bundle: Bundle;
  readonly clock: VirtualClock;
  /** Ms by which this function's clock differs from the stack's. */
  readonly skewMs: () => number;
  readonly transport: TransportOptions;
  /** Variables that name endpoints: its clients then call over the network, instead of by {@link transport}. */
  readonly endpoints: Readonly<Record<string, string>> | undefined;
  /** Whether it is started for a request, or ahead of all. */
  readonly initialization: 'on-demand' | 'provisioned-concurrency';
  readonly write: (text: string) => void;
};

type Running = { readonly end: (outcome: Outcome) => void };

const NEVER = new Promise<never>(() => {});

export class Environment {
  isDead = false;
  /** It takes no more requests, and ends with the last that it has. */
  isRetired = false;
  private readonly options: EnvironmentOptions;
  private readonly timers: Timers;
  private readonly running = new Set<Running>();
  private handler: Handler | undefined;
  /** Calls that have left and have not come back. */
  private calls = 0;

  constructor(options: EnvironmentOptions) {
    this.options = options;
    this.timers = new Timers(options.clock, (error) => this.kill(`a timer threw: ${error}`));
  }

  /** Whether it was started ahead of all requests. */
  get isAhead(): boolean {
    return this.options.initialization === 'provisioned-concurrency';
  }

  /** Evaluates the module before the first request; what that throws, the first request meets again. */
  prepare() {
    try {
      this.handler ??= this.evaluate();
    } catch {
      // Dead by now: the next request starts another environment, as on AWS.
    }
  }

  /** Ends it once nothing runs in it. */
  retire() {
    this.isRetired = true;
    this.endIfRetired();
  }

  private endIfRetired() {
    if (this.isRetired && this.running.size === 0) this.kill('it is not kept ready any more');
  }

  /** How many invocations run in it. */
  get load(): number {
    return this.running.size;
  }

  /** Whether it does anything that ends without virtual time passing. */
  get isBusy(): boolean {
    return this.running.size > 0 && (this.calls > 0 || this.timers.size === 0);
  }

  invoke(event: unknown): Promise<Outcome> {
    return new Promise((resolve) => {
      const running: Running = {
        end: (outcome) => {
          if (!this.running.delete(running)) return;
          resolve(outcome);
          this.endIfRetired();
        },
      };
      this.running.add(running);
      const { clock, spec } = this.options;
      const timer = clock.after(spec.timeoutMs, () => this.timeOut(running));
      void this.run(event, clock.now() + spec.timeoutMs).then((outcome) => {
        timer.cancel();
        if (!this.isDead) running.end(outcome);
      });
    });
  }

  kill(reason = 'it was killed') {
    if (this.isDead) return;
    this.isDead = true;
    this.timers.clearAll();
    const message = `RequestId: ${randomUUID()} Error: Runtime exited: ${reason}`;
    for (const running of [...this.running]) running.end({ kind: 'crashed', message });
  }

  /** AWS resets an environment whose invocation takes too long: the others that run in it here end too. */
  private timeOut(running: Running) {
    const seconds = (this.options.spec.timeoutMs / 1000).toFixed(2);
    running.end({ kind: 'timed-out', message: `Task timed out after ${seconds} seconds` });
    this.kill('another invocation of this environment timed out');
  }

  private async run(event: unknown, deadline: number): Promise<Outcome> {
    try {
      this.handler ??= this.evaluate();
      return { kind: 'returned', value: await this.handler(event, this.context(deadline)) };
    } catch (error) {
      return failure(error);
    }
  }

  private evaluate(): Handler {
    const { bundle, spec, clock, skewMs, write, initialization, endpoints } = this.options;
    const { shadows, modules } = sandbox({
      variables: { ...variablesOf(spec, initialization), ...endpoints, ...spec.environment },
      now: () => clock.now() + skewMs(),
      timers: this.timers,
      write: (text) => {
        if (!this.isDead) write(text);
      },
      exit: () => {
        this.kill('process.exit() was called');
      },
      fetch: (...request) => this.counted(() => fetch(...request)),
      awsOverrides: endpoints ? undefined : this.overrides(),
    });
    try {
      return bundle.evaluate(shadows, modules);
    } catch (error) {
      this.kill(`${error}`);
      throw error;
    }
  }

  private overrides(): object {
    return awsOverrides(this.countedTransport(this.options.transport), this.caller());
  }

  private caller() {
    const environment = this;
    return {
      functionName: this.options.spec.name,
      get isDead() {
        return environment.isDead;
      },
      kill: () => this.kill(),
      sleep: this.timers.sleep,
    };
  }

  private countedTransport(transport: TransportOptions): TransportOptions {
    return {
      ...transport,
      dispatch: (request, operation) => this.counted(() => transport.dispatch(request, operation)),
    };
  }

  private async counted<T>(call: () => Promise<T>): Promise<T> {
    if (this.isDead) return NEVER;
    this.calls += 1;
    try {
      return await call();
    } finally {
      this.calls -= 1;
      if (this.isDead) await NEVER;
    }
  }

  private context(deadline: number): object {
    const { spec, clock } = this.options;
    return {
      functionName: spec.physicalName,
      functionVersion: '1',
      invokedFunctionArn: `${spec.arn}:live`,
      memoryLimitInMB: `${spec.memoryMb}`,
      awsRequestId: randomUUID(),
      logGroupName: `/aws/lambda/${spec.physicalName}`,
      logStreamName: 'local',
      callbackWaitsForEmptyEventLoop: true,
      getRemainingTimeInMillis: () => Math.max(0, deadline - clock.now()),
    };
  }
}

function failure(error: unknown): Outcome {
  if (
    error instanceof Error ||
    (typeof error === 'object' && error !== null && 'message' in error)
  ) {
    const { name, message } = error as Error;
    return { kind: 'failed', type: name, message };
  }
  return { kind: 'failed', type: 'Error', message: String(error) };
}

/** What Lambda itself sets. */
const variablesOf = (
  spec: FunctionSpec,
  initialization: EnvironmentOptions['initialization'],
): Record<string, string> => ({
  AWS_REGION: 'us-east-1',
  AWS_DEFAULT_REGION: 'us-east-1',
  AWS_ACCESS_KEY_ID: 'local',
  AWS_SECRET_ACCESS_KEY: 'local',
  AWS_SESSION_TOKEN: 'local',
  AWS_LAMBDA_FUNCTION_NAME: spec.physicalName,
  AWS_LAMBDA_FUNCTION_VERSION: '1',
  AWS_LAMBDA_FUNCTION_MEMORY_SIZE: `${spec.memoryMb}`,
  AWS_LAMBDA_INITIALIZATION_TYPE: initialization,
  AWS_EXECUTION_ENV: `AWS_Lambda_${spec.runtime}`,
  AWS_LAMBDA_LOG_GROUP_NAME: `/aws/lambda/${spec.physicalName}`,
  AWS_LAMBDA_LOG_STREAM_NAME: 'local',
  LAMBDA_TASK_ROOT: spec.folder ?? '',
  _HANDLER: spec.handler,
  TZ: ':UTC',
});
