/** @module Buses, rules and schedules. */

import type { Resource } from '../cloudformation/resource.ts';
import type { Maker, Makers } from './maker.ts';

const bus: Maker = (resource, inventory) => {
  resource.allow('Name', 'Description', 'Tags', 'Policy', 'LogConfig');
  const name = resource.name('Name');
  inventory.buses.add(name);
  const arn = `arn:aws:events:${resource.arnPrefix}:event-bus/${name}`;
  return { ref: name, attributes: { Arn: arn, Name: name } };
};

type Target = {
  readonly Arn: string;
  readonly Input?: string;
  readonly DeadLetterConfig?: { readonly Arn?: string };
};

const TARGET_MEMBERS = ['Arn', 'DeadLetterConfig', 'Id', 'Input'];

/** @throws {Error} naming what the local stack would pass over */
function targetOf(resource: Resource, target: Target) {
  const unknown = Object.keys(target).find((name) => !TARGET_MEMBERS.includes(name));
  if (unknown !== undefined) {
    throw resource.error(`"${unknown}" of a target is unknown to the local stack`);
  }
  const { Arn, Input, DeadLetterConfig } = target;
  return { arn: Arn, input: Input, deadLetterArn: DeadLetterConfig?.Arn };
}

const rule: Maker = (resource, inventory) => {
  resource.allow(
    'Name',
    'Description',
    'EventBusName',
    'EventPattern',
    'State',
    'Targets',
    'RoleArn',
    'Tags',
  );
  const { properties } = resource;
  const name = resource.name('Name');
  const arn = `arn:aws:events:${resource.arnPrefix}:rule/${name}`;
  if (properties['State'] !== 'DISABLED') {
    const targets = (properties['Targets'] ?? []) as Target[];
    inventory.rules.push({
      name,
      bus: String(properties['EventBusName'] ?? 'default').replace(/^.*event-bus\//, ''),
      pattern: properties['EventPattern'] as Record<string, unknown> | undefined,
      targets: targets.map((target) => targetOf(resource, target)),
    });
  }
  return { ref: name, attributes: { Arn: arn } };
};

const group: Maker = (resource, inventory) => {
  resource.allow('Name', 'Tags');
  const name = resource.name('Name');
  inventory.scheduleGroups.add(name);
  const arn = `arn:aws:scheduler:${resource.arnPrefix}:schedule-group/${name}`;
  return { ref: name, attributes: { Arn: arn } };
};

const schedule: Maker = (resource, inventory) => {
  const name = resource.name('Name');
  inventory.schedules.push({ name, input: resource.properties });
  const at = String(resource.properties['GroupName'] ?? 'default');
  const arn = `arn:aws:scheduler:${resource.arnPrefix}:schedule/${at}/${name}`;
  return { ref: name, attributes: { Arn: arn } };
};

export const eventResources: Makers = {
  'AWS::Events::EventBus': bus,
  'AWS::Events::Rule': rule,
  'AWS::Scheduler::ScheduleGroup': group,
  'AWS::Scheduler::Schedule': schedule,
};
