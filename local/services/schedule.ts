/** @module One schedule of EventBridge Scheduler, running on the virtual clock. */

import type { Timer, VirtualClock } from '../clock.ts';
import { nextDaily, parseSchedule, type When } from './schedule-expression.ts';

export type ScheduleInput = {
  readonly GroupName?: string;
  readonly ScheduleExpression: string;
  readonly ScheduleExpressionTimezone?: string;
  /** Epoch seconds, as the API has it; templates write ISO 8601. */
  readonly StartDate?: number | string;
  readonly EndDate?: number | string;
  readonly State?: 'ENABLED' | 'DISABLED';
  readonly ActionAfterCompletion?: 'NONE' | 'DELETE';
  readonly Target: {
    readonly Arn: string;
    readonly RoleArn?: string;
    readonly Input?: string;
    readonly DeadLetterConfig?: { readonly Arn?: string };
  };
};

export type ScheduleEvents = {
  fire(input: ScheduleInput): Promise<void>;
  /** The schedule will never fire again, and asked to be deleted then. */
  expire(): void;
};

const epochOf = (date: number | string | undefined): number | undefined =>
  typeof date === 'string' ? Date.parse(date) : date === undefined ? undefined : date * 1000;

function firstDue(when: When, from: number): number {
  switch (when.kind) {
    case 'at':
      return when.epochMs;
    case 'rate':
      return from;
    case 'daily':
      return nextDaily(when, from);
  }
}

export class Schedule {
  readonly input: ScheduleInput;
  readonly created: number;
  private readonly clock: VirtualClock;
  private readonly events: ScheduleEvents;
  private readonly when: When;
  private timer: Timer | undefined;

  constructor(input: ScheduleInput, clock: VirtualClock, events: ScheduleEvents) {
    this.input = input;
    this.clock = clock;
    this.events = events;
    this.created = clock.now();
    this.when = parseSchedule(input.ScheduleExpression, input.ScheduleExpressionTimezone ?? 'UTC');
  }

  start() {
    if (this.input.State === 'DISABLED') return;
    const start = epochOf(this.input.StartDate) ?? this.clock.now();
    this.arm(firstDue(this.when, Math.max(start, this.clock.now())));
  }

  stop() {
    this.timer?.cancel();
  }

  private arm(due: number) {
    const end = this.when.kind === 'at' ? undefined : epochOf(this.input.EndDate);
    if (end !== undefined && due > end) {
      this.timer = this.clock.at(end, () => this.finish());
      return;
    }
    this.timer = this.clock.at(due, async () => {
      if (this.when.kind === 'rate') this.arm(due + this.when.periodMs);
      if (this.when.kind === 'daily') this.arm(nextDaily(this.when, due + 1));
      await this.events.fire(this.input);
      if (this.when.kind === 'at') this.finish();
    });
  }

  private finish() {
    if (this.input.ActionAfterCompletion === 'DELETE') this.events.expire();
  }
}
