/**
 * @module
 * What lies in a dead-letter queue, and why: what it is, what was wrong with it, and whether sending it again can help.
 * Everything that works on a queue or a schedule bears to be told twice, so that a letter may always be sent again.
 */

import type { Message, SweepMessage } from './messages.ts';
import { orderIdOf } from './order-id.ts';
import { flawOf } from './record-all.ts';
import { isRange } from './sweep-range.ts';

/** The queues whose dead letters there are; `scheduler`: what schedules could not do. */
export type Source = 'orders' | 'sweeps' | 'scheduler';

/** A message as it lies there. */
export type DeadLetter = {
  readonly id: string;
  readonly body: string;
  /** Message attributes, as texts: Scheduler and Lambda write on them why it is there. */
  readonly attributes: Readonly<Record<string, string>>;
};

/** Where a letter goes to be tried again. */
type Way =
  | { readonly to: 'queue'; readonly queue: 'orders' | 'sweeps' }
  | { readonly to: 'function'; readonly name: string; readonly input: unknown };

export type Diagnosis = {
  /** Such as `order night.lamp.… became PAID`. */
  readonly what: string;
  /** Why it is there. */
  readonly why: string;
  /** Nothing where it would fail again for ever, or nobody knows which function it was for. */
  readonly way?: Way;
  /** It would fail again for ever. */
  readonly isPoison: boolean;
};

/** What a person said of letters that do not say it themselves. */
export type Told = {
  /** The functions that schedules call, by name: their ARNs. */
  readonly functions: Readonly<Record<string, string>>;
  /** The function that letters without a name are for. */
  readonly as?: string;
};

/** Says what a letter is, and what can be done about it. */
export function diagnose(source: Source, letter: DeadLetter, told: Told): Diagnosis {
  const content = parsed(letter.body);
  if (content === undefined) return poison('no JSON', 'it cannot be read');
  switch (source) {
    case 'orders':
      return ofOrders(content as Message, letter);
    case 'sweeps':
      return ofSweeps(content as SweepMessage, letter);
    case 'scheduler':
      return ofSchedules(content, letter, told);
  }
}

const poison = (what: string, why: string): Diagnosis => ({ what, why, isPoison: true });

/** `null` is JSON too, and no message. */
function parsed(body: string): unknown {
  try {
    return (JSON.parse(body) as unknown) ?? undefined;
  } catch {
    return undefined;
  }
}

function ofOrders(message: Message, { id }: DeadLetter): Diagnosis {
  const flaw = flawOf(message);
  if (flaw !== undefined) return poison('no message of ours', flaw);
  return {
    what: textOf(message),
    why: `it is well formed: the function "record" failed on it, and logged why under "${id}"`,
    way: { to: 'queue', queue: 'orders' },
    isPoison: false,
  };
}

function textOf(message: Message): string {
  switch (message.kind) {
    case 'order':
      return `order ${orderIdOf(message)} became ${message.state}`;
    case 'refund':
      return `payment ${message.payment} of order ${orderIdOf(message)} went back (${message.reason})`;
    case 'sale':
      return `sale ${message.saleId} ${message.what}`;
  }
}

function ofSweeps(message: SweepMessage, { id }: DeadLetter): Diagnosis {
  if (typeof message !== 'object' || !isRange(message)) {
    return poison('no range of shards', 'its sale, SKU and block name none');
  }
  return {
    what: `sweep of ${message.saleId}, ${message.sku}, range ${message.block}`,
    why: `it is well formed: the function "sweep" failed on it, and logged why under "${id}"; later sweeps have looked at the range again`,
    way: { to: 'queue', queue: 'sweeps' },
    isPoison: false,
  };
}

function ofSchedules(content: unknown, { attributes }: DeadLetter, told: Told): Diagnosis {
  const input = inputIn(content);
  const why = whyOf(attributes);
  if (input === undefined) return poison('no input of a function', why);
  const about = typeof input.saleId === 'string' ? ` of sale ${input.saleId}` : '';
  const name = functionOf(attributes, input, told);
  if (name === undefined) {
    const names = Object.keys(told.functions).join(', ');
    return {
      what: `a call${about}`,
      why: `${why}; it does not say which function it was for: say --as, one of ${names}`,
      isPoison: false,
    };
  }
  if (about === '' && NEEDS_SALE.has(name)) return poison(`"${name}" of no sale`, why);
  return { what: `"${name}"${about}`, why, way: { to: 'function', name, input }, isPoison: false };
}

/** The others are called for all sales too, or with an event. */
const NEEDS_SALE: ReadonlySet<string> = new Set(['warm', 'open', 'sweep', 'close']);

/** What a schedule hands over, or an event of a bus. */
type Input = { readonly saleId?: unknown; readonly task?: unknown; readonly source?: unknown };

/** What the function gets. Scheduler itself buries its whole request, in which that is a text. */
function inputIn(content: unknown): Input | undefined {
  const payload = (content as { readonly Payload?: unknown }).Payload;
  const inner = typeof payload === 'string' ? parsed(payload) : payload;
  const input = inner ?? content;
  return typeof input === 'object' && !Array.isArray(input) ? (input as Input) : undefined;
}

/** Scheduler and buses say what they could not call, Lambda says what a function threw. */
function whyOf(attributes: DeadLetter['attributes']): string {
  const { ERROR_CODE, ERROR_MESSAGE, ErrorMessage, RETRY_ATTEMPTS } = attributes;
  if (ERROR_CODE !== undefined || ERROR_MESSAGE !== undefined) {
    const tries = RETRY_ATTEMPTS === undefined ? '' : `, after ${RETRY_ATTEMPTS} retries`;
    return `it could not be called: ${[ERROR_CODE, ERROR_MESSAGE].filter(Boolean).join(' ')}${tries}`;
  }
  return ErrorMessage === undefined
    ? 'nothing is written on it that says why'
    : `it failed three times: ${ErrorMessage}`;
}

/** By the target's ARN, else by what the schedule wrote into its input, or by whose event it is, else as somebody says. */
function functionOf(
  { TARGET_ARN }: DeadLetter['attributes'],
  { task, source }: Input,
  { functions, as }: Told,
): string | undefined {
  const target = Object.entries(functions).find(([, arn]) => arn === TARGET_ARN)?.[0];
  const listener = LISTENERS.get(source);
  const named = [task, listener].find(
    (name): name is string => typeof name === 'string' && Object.hasOwn(functions, name),
  );
  return target ?? named ?? as;
}

/** Who hears the events of whom. */
const LISTENERS: ReadonlyMap<unknown, string> = new Map([
  ['aws.s3', 'import'],
  ['flash-sale', 'note'],
]);
