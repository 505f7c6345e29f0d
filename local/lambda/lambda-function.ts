/** @module One function: its environments, its concurrency, and the count of its invocations. */

import type { Invocation } from '../cloudwatch/counted.ts';
import type { FunctionSpec } from '../inventory.ts';
import { Bundle } from './bundle.ts';
import { Environment, type EnvironmentOptions } from './environment.ts';
import type { Outcome } from './outcome.ts';

export type InvocationCount = {
  invocations: number;
  /** Ended as failed, crashed or timed out. */
  errors: number;
  throttles: number;
  /** Environments that were started because a request had none. */
  coldStarts: number;
};

export type LambdaFunctionOptions = Omit<
  EnvironmentOptions,
  'spec' | 'bundle' | 'skewMs' | 'write' | 'initialization'
> & {
  readonly spec: FunctionSpec;
  readonly requestsPerEnvironment: number;
  /** Hears how each invocation went. */
  readonly onInvocation: (invocation: Invocation) => void;
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
  /** How many environments are kept ready, by version or alias. */
  private readonly provisioned = new Map<string, number>();
  /** When that was last changed, epoch ms. */
  provisionedAt = 0;

  constructor(options: LambdaFunctionOptions) {
    this.options = options;
    this.spec = options.spec;
    this.bundle = new Bundle(options.spec);
  }

  get isBusy(): boolean {
    return this.environments.some((environment) => environment.isBusy);
  }

  async invoke(event: unknown): Promise<Outcome> {
    const { clock, onInvocation } = this.options;
    const startedAt = clock.now();
    const outcome = await this.execute(event);
    onInvocation({ kind: outcome.kind, startedAt, endedAt: clock.now() });
    return outcome;
  }

  private async execute(event: unknown): Promise<Outcome> {
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

  /** Keeps so many environments ready for a version or an alias; what is idle beyond that ends. */
  provision(qualifier: string, count: number) {
    this.provisioned.set(qualifier, count);
    this.provisionedAt = this.options.clock.now();
    this.prepare();
  }

  provisionedFor(qualifier: string): number {
    return this.provisioned.get(qualifier) ?? 0;
  }

  /** Has as many ready as are wanted, neither more nor fewer: some may have died. */
  private prepare() {
    if (this.provisioned.size === 0) return;
    const wanted = [...this.provisioned.values()].reduce((sum, count) => sum + count, 0);
    const ready = this.environments.filter(
      ({ isDead, isAhead, isRetired }) => isAhead && !isDead && !isRetired,
    );
    for (const environment of ready.slice(wanted)) environment.retire();
    for (let count = ready.length; count < wanted; count++) {
      this.start('provisioned-concurrency').prepare();
    }
  }

  private fail(outcome: Outcome) {
    this.count.errors += 1;
    if ('message' in outcome) this.write(`${outcome.kind}: ${outcome.message}\n`);
  }

  private environment(): Environment {
    const { requestsPerEnvironment } = this.options;
    this.prepare();
    this.environments = this.environments.filter(({ isDead }) => !isDead);
    const free = this.environments.find(
      ({ load, isRetired }) => load < requestsPerEnvironment && !isRetired,
    );
    if (free !== undefined) return free;
    this.count.coldStarts += 1;
    return this.start('on-demand');
  }

  private start(initialization: EnvironmentOptions['initialization']): Environment {
    const { spec, clock, transport, endpoints } = this.options;
    const started = new Environment({
      spec,
      clock,
      transport,
      endpoints,
      initialization,
      bundle: this.bundle,
      skewMs: () => this.skewMs,
      write: (text) => this.write(text),
    });
    this.environments.push(started);
    return started;
  }

  private write(text: string) {
    for (const line of text.split('\n')) {
      if (line !== '') this.options.onLine(this.spec.name, line);
    }
  }
}
