/** @module Buses, rules and schedules. */

import type { Maker, Makers } from './maker.ts';

const bus: Maker = (resource, inventory) => {
  resource.allow('Name', 'Description', 'Tags', 'Policy', 'LogConfig');
  const name = resource.name('Name');
  inventory.buses.add(name);
  const arn = `arn:aws:events:${resource.arnPrefix}:event-bus/${name}`;
  return { ref: name, attributes: { Arn: arn, Name: name } };
};

type Target = { readonly Arn: string; readonly Id: string; readonly Input?: string };

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
      targets: targets.map(({ Arn, Input }) => ({ arn: Arn, input: Input })),
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
