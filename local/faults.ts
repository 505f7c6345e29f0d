/** @module Faults between functions and services, and in the delivery of messages. */

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
  readonly action: 'duplicate' | 'delay' | 'reverse';
  /** Of `delay`, on the virtual clock; 1 s. */
  readonly ms?: number;
};

export type FaultHandle = { readonly hits: number; remove(): void };

type Armed<F> = { readonly fault: F; seen: number; hits: number };

export class Faults {
  private readonly calls: Armed<CallFault>[] = [];
  private readonly queues: Armed<QueueFault>[] = [];

  /** Arms a fault; of several that match a call, the first that was added acts. */
  add(fault: CallFault | QueueFault): FaultHandle {
    return 'queue' in fault ? arm(this.queues, fault) : arm(this.calls, fault);
  }

  clear() {
    this.calls.length = 0;
    this.queues.length = 0;
  }

  get isEmpty(): boolean {
    return this.calls.length === 0;
  }

  forCall(call: PendingCall): CallFault | undefined {
    return this.calls.find((armed) => matches(armed.fault, call) && strikes(armed))?.fault;
  }

  forPoll(queue: string): QueueFault | undefined {
    return this.queues.find((armed) => queue.includes(armed.fault.queue) && strikes(armed))?.fault;
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

function strikes(armed: Armed<CallFault | QueueFault>): boolean {
  armed.seen += 1;
  const { nth, times = nth === undefined ? Number.POSITIVE_INFINITY : 1 } = armed.fault;
  if (armed.seen < (nth ?? 1) || armed.hits >= times) return false;
  armed.hits += 1;
  return true;
}
