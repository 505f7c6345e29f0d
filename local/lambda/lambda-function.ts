/** @module One function: its environments, its concurrency, and the count of its invocations. */

import type { FunctionSpec } from '../inventory.ts';
import { Bundle } from './bundle.ts';
import { Environment, type EnvironmentOptions } from './environment.ts';
import type { Outcome } from './outcome.ts';

export type InvocationCount = {
  invocations: number;
  /** Ended as failed, crashed or timed out. */
  errors: number;
  throttles: number;
  /** Environments that were started. */
  coldStarts: number;
};

export type LambdaFunctionOptions = Omit<
  EnvironmentOptions,
  'spec' | 'bundle' | 'skewMs' | 'write'
> & {
  readonly spec: FunctionSpec;
  readonly requestsPerEnvironment: number;
  /** A line that the function wrote. */
  readonly onLine: (functionName: string, line: string) => void;
};

export class LambdaFunction {
  readonly spec: FunctionSpec;
  readonly count: InvocationCount = { invocations: 0, errors: 0, throttles: 0, coldStarts: 0 };
  /** Ms by which its clock differs from the stack's. */
  skewMs = 0;
  private readonly options: LambdaFunctionOptions;
  private readonly bundle: Bundle;
  private environments: Environment[] = [];
  private running = 0;

  constructor(options: LambdaFunctionOptions) {
    this.options = options;
    this.spec = options.spec;
    this.bundle = new Bundle(options.spec);
  }

  get isBusy(): boolean {
    return this.environments.some((environment) => environment.isBusy);
  }

  async invoke(event: unknown): Promise<Outcome> {
    const { reservedConcurrency = Number.POSITIVE_INFINITY } = this.spec;
    if (this.running >= reservedConcurrency) {
      this.count.throttles += 1;
      return { kind: 'throttled' };
    }
    this.running += 1;
    this.count.invocations += 1;
    const outcome = await this.environment().invoke(event);
    this.running -= 1;
    if (outcome.kind !== 'returned') this.fail(outcome);
    return outcome;
  }

  /** Ends every environment, as a deployment does. */
  killAll() {
    for (const environment of this.environments) environment.kill();
    this.environments = [];
  }

  private fail(outcome: Outcome) {
    this.count.errors += 1;
    if ('message' in outcome) this.write(`${outcome.kind}: ${outcome.message}\n`);
  }

  private environment(): Environment {
    const { requestsPerEnvironment } = this.options;
    this.environments = this.environments.filter(({ isDead }) => !isDead);
    const free = this.environments.find(({ load }) => load < requestsPerEnvironment);
    if (free !== undefined) return free;
    const { spec, clock, transport } = this.options;
    const started = new Environment({
      spec,
      clock,
      transport,
      bundle: this.bundle,
      skewMs: () => this.skewMs,
      write: (text) => this.write(text),
    });
    this.count.coldStarts += 1;
    this.environments.push(started);
    return started;
  }

  private write(text: string) {
    for (const line of text.split('\n')) {
      if (line !== '') this.options.onLine(this.spec.name, line);
    }
  }
}
