/** @module EventBridge: what PutEvents accepted, and the rules that pass it on. */

import { randomUUID } from 'node:crypto';
import type { VirtualClock } from '../clock.ts';
import type { Inventory, RuleSpec } from '../inventory.ts';
import { AwsError, documentOf, jsonResponse, type Service } from './aws-http.ts';
import type { Delivery } from './delivery.ts';
import { matchesPattern } from './event-pattern.ts';

/** An event as it was put on a bus. */
export type BusEvent = {
  readonly id: string;
  readonly bus: string;
  readonly source: string;
  readonly detailType: string;
  readonly detail: unknown;
  readonly resources: readonly string[];
  readonly epochMs: number;
};

/** What a service of AWS says by itself, on the default bus. */
export type Announcement = Pick<BusEvent, 'source' | 'detailType' | 'detail' | 'resources'>;

type Entry = {
  readonly Source?: string;
  readonly DetailType?: string;
  readonly Detail?: string;
  readonly EventBusName?: string;
  readonly Resources?: readonly string[];
  readonly Time?: number;
};

export class EventBuses {
  readonly events: BusEvent[] = [];
  private readonly inventory: Inventory;
  private readonly clock: VirtualClock;
  private readonly delivery: Delivery;

  constructor(inventory: Inventory, clock: VirtualClock, delivery: Delivery) {
    this.inventory = inventory;
    this.clock = clock;
    this.delivery = delivery;
  }

  readonly service: Service = async (operation, request) => {
    if (operation !== 'PutEvents') {
      throw new AwsError('ValidationException', `Cannot answer ${operation}: only PutEvents`);
    }
    const { Entries } = documentOf<{ Entries: readonly Entry[] }>(request);
    if (Entries.length > 10) {
      throw new AwsError('ValidationException', 'PutEvents takes at most 10 entries');
    }
    const results = await Promise.all(Entries.map((entry) => this.put(entry)));
    const FailedEntryCount = results.filter((result) => 'ErrorCode' in result).length;
    return jsonResponse(200, { FailedEntryCount, Entries: results });
  };

  private async put(entry: Entry): Promise<object> {
    const { Source, DetailType, Detail, Resources = [], Time } = entry;
    const bus = (entry.EventBusName ?? 'default').replace(/^.*event-bus\//, '');
    if (!this.inventory.buses.has(bus)) return failed(`there is no bus "${bus}"`);
    if (Source === undefined || DetailType === undefined)
      return failed('Source or DetailType is missing');
    const detail = parsed(Detail);
    if (typeof detail !== 'object' || detail === null) return failed('Detail is malformed');
    const event: BusEvent = {
      id: randomUUID(),
      bus,
      source: Source,
      detailType: DetailType,
      detail,
      resources: Resources,
      epochMs: Time === undefined ? this.clock.now() : Time * 1000,
    };
    this.events.push(event);
    await this.passAll(event);
    return { EventId: event.id };
  }

  /** Buckets that tell the default bus of new objects. */
  get buckets(): ReadonlySet<string> {
    return this.inventory.tellingBuckets;
  }

  /** Passes on what a service says. Nobody has put it there: it is not among `events`. */
  tell(said: Announcement): Promise<void> {
    return this.passAll({ ...said, id: randomUUID(), bus: 'default', epochMs: this.clock.now() });
  }

  private async passAll(event: BusEvent): Promise<void> {
    await Promise.all(this.inventory.rules.map((rule) => this.pass(event, rule)));
  }

  private async pass(event: BusEvent, { bus, pattern, targets }: RuleSpec) {
    const envelope = envelopeOf(event);
    if (bus !== event.bus || pattern === undefined || !matchesPattern(pattern, envelope)) return;
    for (const { arn, input, deadLetterArn } of targets) {
      const handed = input === undefined ? envelope : JSON.parse(input);
      await this.delivery.deliver(arn, handed, deadLetterArn);
    }
  }
}

const failed = (reason: string) => ({ ErrorCode: 'MalformedDetail', ErrorMessage: reason });

function parsed(detail: string | undefined): unknown {
  try {
    return JSON.parse(detail ?? '');
  } catch {
    return undefined;
  }
}

const envelopeOf = (event: BusEvent) => ({
  version: '0',
  id: event.id,
  'detail-type': event.detailType,
  source: event.source,
  account: '000000000000',
  time: new Date(event.epochMs).toISOString().replace(/\.\d+Z$/, 'Z'),
  region: 'us-east-1',
  resources: event.resources,
  detail: event.detail,
});
