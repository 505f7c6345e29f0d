/** @module Faults between functions and services, in the delivery of messages, and of schedules. */

/** A call on its way from a function to a service. */
export type PendingCall = {
  readonly function: string;
  readonly service: string;
  readonly operation: string;
  readonly table: string | undefined;
  /** The request as the function sent it. */
  readonly body: string;
};

export type CallFault = {
  readonly function?: string;
  readonly service?: string;
  readonly operation?: string;
  /** The first matching call that is hit, from 1. */
  readonly nth?: number;
  /** How many calls are hit: 1 where `nth` is given, else all. */
  readonly times?: number;
  readonly when?: (call: PendingCall) => boolean;
  /**
   * `kill-*`: the environment ends before the call, or after it was executed. `error-before`: 500, not executed.
   * `error-after`: executed, the answer lost, 500. `hang`: no answer until the client gives up.
   */
  readonly action:
    | 'kill-before'
    | 'kill-after'
    | 'throttle'
    | 'error-before'
    | 'error-after'
    | 'hang'
    | 'delay';
  /** Of `delay`, on the virtual clock; of `hang`, until the client gives up (1 s). */
  readonly ms?: number;
};

/** What happens to the messages that one poll of a queue received. */
export type QueueFault = {
  /** The queue's name or construct path, or a part of its name. */
  readonly queue: string;
  readonly nth?: number;
  readonly times?: number;
  /** `reverse` strikes only a poll that received several messages. */
  readonly action: 'duplicate' | 'delay' | 'reverse';
  /** Of `delay`, on the virtual clock; 1 s. Beyond the queue's visibility timeout, others get the messages too. */
  readonly ms?: number;
};

/** What happens when a schedule is due. */
export type ScheduleFault = {
  /** The schedule's name, or a part of it. */
  readonly schedule: string;
  readonly nth?: number;
  readonly times?: number;
  readonly action: 'late' | 'twice' | 'never';
  /** Of `late`, on the virtual clock; 1 minute. */
  readonly ms?: number;
};

export type FaultHandle = { readonly hits: number; remove(): void };

type Armed<F> = { readonly fault: F; seen: number; hits: number };

export class Faults {
  private readonly calls: Armed<CallFault>[] = [];
  private readonly queues: Armed<QueueFault>[] = [];
  private readonly schedules: Armed<ScheduleFault>[] = [];

  /** Arms a fault; of several that match a call, the first that was added acts. */
  add(fault: CallFault | QueueFault | ScheduleFault): FaultHandle {
    if ('queue' in fault) return arm(this.queues, fault);
    return 'schedule' in fault ? arm(this.schedules, fault) : arm(this.calls, fault);
  }

  clear() {
    this.calls.length = 0;
    this.queues.length = 0;
    this.schedules.length = 0;
  }

  get isEmpty(): boolean {
    return this.calls.length === 0;
  }

  forCall(call: PendingCall): CallFault | undefined {
    return this.calls.find((armed) => matches(armed.fault, call) && strikes(armed))?.fault;
  }

  /** @param messages How many the poll received. */
  forPoll(queue: string, messages: number): QueueFault | undefined {
    const meets = ({ queue: name, action }: QueueFault) =>
      queue.includes(name) && (action !== 'reverse' || messages > 1);
    return this.queues.find((armed) => meets(armed.fault) && strikes(armed))?.fault;
  }

  forSchedule(name: string): ScheduleFault | undefined {
    return this.schedules.find((armed) => name.includes(armed.fault.schedule) && strikes(armed))
      ?.fault;
  }
}

function arm<F>(list: Armed<F>[], fault: F): FaultHandle {
  const armed: Armed<F> = { fault, seen: 0, hits: 0 };
  list.push(armed);
  return {
    get hits() {
      return armed.hits;
    },
    remove: () => {
      const index = list.indexOf(armed);
      if (index >= 0) list.splice(index, 1);
    },
  };
}

const matches = (fault: CallFault, call: PendingCall): boolean =>
  (fault.function ?? call.function) === call.function &&
  (fault.service ?? call.service) === call.service &&
  (fault.operation ?? call.operation) === call.operation &&
  (fault.when?.(call) ?? true);

function strikes(armed: Armed<CallFault | QueueFault | ScheduleFault>): boolean {
  armed.seen += 1;
  const { nth, times = nth === undefined ? Number.POSITIVE_INFINITY : 1 } = armed.fault;
  if (armed.seen < (nth ?? 1) || armed.hits >= times) return false;
  armed.hits += 1;
  return true;
}
