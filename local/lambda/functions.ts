/** @module All functions of the stack, found by any of their names. */

import type { VirtualClock } from '../clock.ts';
import type { AwsResponse, Service } from '../services/aws-http.ts';
import { AwsError, documentOf, jsonResponse } from '../services/aws-http.ts';
import type { InvocationCount, LambdaFunction } from './lambda-function.ts';
import type { Outcome } from './outcome.ts';
import { provisionedConcurrency } from './provisioned.ts';

/** Lambda's own waits before it tries a failed event again. */
const RETRY_DELAYS_MS = [60_000, 120_000];

export class Functions {
  readonly all: readonly LambdaFunction[];
  private readonly byName = new Map<string, LambdaFunction>();
  private readonly clock: VirtualClock;
  /** Events on their way to a dead-letter queue. */
  private burying = 0;
  /** Where an event goes that failed three times, and what it failed with; set by the stack. */
  sendDeadLetter: (queueArn: string, body: string, why: string) => Promise<void> = async () => {};

  constructor(all: readonly LambdaFunction[], clock: VirtualClock) {
    this.all = all;
    this.clock = clock;
    for (const fn of all) {
      const { name, path, physicalName, arn } = fn.spec;
      for (const key of [path, physicalName, arn, name]) this.byName.set(key, fn);
    }
  }

  /** By name, as they are now. */
  counts(): Readonly<Record<string, InvocationCount>> {
    return Object.fromEntries(this.all.map(({ spec, count }) => [spec.name, { ...count }]));
  }

  /** Whether any function does something that ends without virtual time passing. */
  get isBusy(): boolean {
    return this.burying > 0 || this.all.some(({ isBusy }) => isBusy);
  }

  /**
   * Finds a function by name, path, ARN, or the ARN of a version or alias.
   *
   * @throws {Error} naming the functions that there are
   */
  find(name: string): LambdaFunction {
    const found = this.lookUp(name);
    if (found !== undefined) return found;
    const names = this.all.map(({ spec }) => spec.name).join('", "');
    throw new Error(`Cannot find function "${name}": the stack has "${names}"`);
  }

  private lookUp(name: string): LambdaFunction | undefined {
    return this.byName.get(name) ?? this.byName.get(withoutQualifier(name));
  }

  /**
   * Invokes without waiting. What fails is tried again one minute and two minutes later, as on AWS, then sent to the
   * function's dead-letter queue, or else to the one given.
   */
  invokeLater(name: string, event: unknown, deadLetterArn?: string): void {
    const fn = this.find(name);
    const deadLetters = fn.spec.deadLetterArn ?? deadLetterArn;
    void this.attempt(fn, event, RETRY_DELAYS_MS, deadLetters);
  }

  private async attempt(
    fn: LambdaFunction,
    event: unknown,
    delays: readonly number[],
    deadLetterArn: string | undefined,
  ): Promise<void> {
    const outcome = await fn.invoke(copy(event));
    if (outcome.kind === 'returned') return;
    const [delay, ...more] = delays;
    // The clock does not wait for the attempt, which may itself wait for the clock.
    const again = (ms: number, left: readonly number[]) =>
      this.clock.after(ms, () => void this.attempt(fn, event, left, deadLetterArn));
    // A throttled event is tried for six hours on AWS: it loses no attempt here.
    if (outcome.kind === 'throttled') again(1000, delays);
    else if (delay !== undefined) again(delay, more);
    else await this.bury(event, deadLetterArn, outcome.message);
  }

  private async bury(event: unknown, deadLetterArn: string | undefined, why: string) {
    if (deadLetterArn === undefined) return;
    this.burying += 1;
    await this.sendDeadLetter(deadLetterArn, JSON.stringify(event), why).finally(() => {
      this.burying -= 1;
    });
  }

  /** Lambda's own API: Invoke, and what keeps environments ready. */
  readonly service: Service = async (operation, request) => {
    const name = decodeURIComponent(request.path.split(/[/?]/)[3] ?? '');
    const fn = this.lookUp(name);
    if (fn === undefined) {
      throw new AwsError('ResourceNotFoundException', `Function not found: ${name}`, 404);
    }
    if (operation !== 'Invoke') return provisionedConcurrency(operation, request, fn);
    const event = documentOf<unknown>(request);
    if (request.headers['x-amz-invocation-type'] === 'Event') {
      this.invokeLater(fn.spec.arn, event);
      return jsonResponse(202, null);
    }
    return invokeResponse(await fn.invoke(event));
  };
}

const withoutQualifier = (name: string): string => {
  if (!name.startsWith('arn:')) return name.split(':')[0] ?? name;
  return name.split(':').slice(0, 7).join(':');
};

const copy = (event: unknown): unknown => JSON.parse(JSON.stringify(event ?? null));

function invokeResponse(outcome: Outcome): AwsResponse {
  if (outcome.kind === 'throttled') {
    throw new AwsError('TooManyRequestsException', 'Rate exceeded', 429);
  }
  if (outcome.kind === 'returned') return jsonResponse(200, outcome.value ?? null);
  const type = outcome.kind === 'failed' ? outcome.type : 'Runtime.ExitError';
  return jsonResponse(
    200,
    { errorType: type, errorMessage: outcome.message },
    { 'x-amz-function-error': 'Unhandled' },
  );
}
