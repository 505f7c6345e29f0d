/** @module EventBridge Scheduler: schedules by group and name. */

import type { VirtualClock } from '../clock.ts';
import type { Faults } from '../faults.ts';
import type { Inventory } from '../inventory.ts';
import {
  AwsError,
  type AwsRequest,
  type AwsResponse,
  documentOf,
  jsonResponse,
  type Service,
} from './aws-http.ts';
import type { Delivery } from './delivery.ts';
import { Schedule, type ScheduleInput } from './schedule.ts';

type Name = { readonly group: string; readonly name: string };

/** How late a schedule is of which nothing else is said. */
const LATE_MS = 60_000;

const keyOf = ({ group, name }: Name): string => `${group}/${name}`;

const arnOf = (name: Name): string =>
  `arn:aws:scheduler:us-east-1:000000000000:schedule/${keyOf(name)}`;

export class Scheduler {
  private readonly schedules = new Map<string, Schedule>();
  private readonly inventory: Inventory;
  private readonly clock: VirtualClock;
  private readonly delivery: Delivery;
  private readonly faults: Faults;

  constructor(inventory: Inventory, clock: VirtualClock, delivery: Delivery, faults: Faults) {
    this.inventory = inventory;
    this.clock = clock;
    this.delivery = delivery;
    this.faults = faults;
    for (const { name, input } of inventory.schedules) {
      const given = input as unknown as ScheduleInput;
      this.start({ group: given.GroupName ?? 'default', name }, given);
    }
  }

  readonly service: Service = (operation, request) => {
    const [path = '', search] = request.path.split('?');
    const query = new URLSearchParams(search);
    if (operation === 'ListSchedules') return this.list(query);
    const input =
      request.method === 'POST' || request.method === 'PUT'
        ? documentOf<ScheduleInput>(request)
        : undefined;
    const name = decodeURIComponent(path.split('/')[2] ?? '');
    const group = input?.GroupName ?? query.get('groupName') ?? 'default';
    if (!this.inventory.scheduleGroups.has(group)) {
      throw new AwsError(
        'ResourceNotFoundException',
        `Schedule group ${group} does not exist.`,
        404,
      );
    }
    if (input !== undefined) return this.put({ group, name }, input, request);
    const schedule = this.find({ group, name });
    if (operation === 'GetSchedule') return shown({ group, name }, schedule);
    this.delete({ group, name });
    return jsonResponse(200, {});
  };

  stop() {
    for (const schedule of this.schedules.values()) schedule.stop();
  }

  private put(name: Name, input: ScheduleInput, { method }: AwsRequest): AwsResponse {
    const exists = this.schedules.has(keyOf(name));
    if (method === 'POST' && exists) {
      throw new AwsError('ConflictException', `Schedule ${name.name} already exists.`, 409);
    }
    if (method === 'PUT') this.find(name);
    if (!this.delivery.reaches(input.Target.Arn)) {
      throw new AwsError(
        'ValidationException',
        `Provided Arn is not in correct format: ${input.Target.Arn}`,
      );
    }
    this.start(name, input);
    return jsonResponse(200, { ScheduleArn: arnOf(name) });
  }

  private start(name: Name, input: ScheduleInput) {
    const schedule = new Schedule(input, this.clock, {
      fire: (fired) => this.fire(name, fired),
      expire: () => this.delete(name),
    });
    this.schedules.get(keyOf(name))?.stop();
    this.schedules.set(keyOf(name), schedule);
    schedule.start();
  }

  private async fire({ name }: Name, { Target }: ScheduleInput): Promise<void> {
    const deliver = () => {
      const event = Target.Input === undefined ? {} : JSON.parse(Target.Input);
      return this.delivery.deliver(Target.Arn, event, Target.DeadLetterConfig?.Arn);
    };
    const fault = this.faults.forSchedule(name);
    if (fault?.action === 'never') return;
    // A schedule that fires late may be deleted or fire again meanwhile: nothing waits for this one.
    if (fault?.action === 'late') return void this.clock.after(fault.ms ?? LATE_MS, deliver);
    await deliver();
    if (fault?.action === 'twice') await deliver();
  }

  private find(name: Name): Schedule {
    const found = this.schedules.get(keyOf(name));
    if (found === undefined) {
      throw new AwsError('ResourceNotFoundException', `Schedule ${name.name} does not exist.`, 404);
    }
    return found;
  }

  private delete(name: Name) {
    this.schedules.get(keyOf(name))?.stop();
    this.schedules.delete(keyOf(name));
  }

  private list(query: URLSearchParams): AwsResponse {
    const wanted = query.get('ScheduleGroup');
    const prefix = query.get('NamePrefix') ?? '';
    const all = [...this.schedules].map(([key, schedule]) => {
      const [group = '', name = ''] = key.split('/');
      return { group, name, schedule };
    });
    const Schedules = all
      .filter(({ group, name }) => (wanted ?? group) === group && name.startsWith(prefix))
      .map(({ group, name, schedule: { input, created } }) => ({
        Arn: arnOf({ group, name }),
        GroupName: group,
        Name: name,
        State: input.State ?? 'ENABLED',
        CreationDate: created / 1000,
        LastModificationDate: created / 1000,
        Target: { Arn: input.Target.Arn },
      }));
    return jsonResponse(200, { Schedules });
  }
}

const shown = (name: Name, { input, created }: Schedule): AwsResponse =>
  jsonResponse(200, {
    State: 'ENABLED',
    ...input,
    Arn: arnOf(name),
    GroupName: name.group,
    Name: name.name,
    CreationDate: created / 1000,
    LastModificationDate: created / 1000,
  });
