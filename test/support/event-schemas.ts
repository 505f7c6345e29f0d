/** @module Holds domain events to their schemas in `docs/events/`. */

import { readdirSync, readFileSync } from 'node:fs';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';

/** The parts of an event's schema that tests look into. */
export type EventSchema = {
  readonly $id: string;
  readonly title: string;
  readonly properties: Readonly<Record<string, { readonly enum?: readonly string[] }>>;
  readonly required: readonly string[];
  readonly examples: readonly Readonly<Record<string, unknown>>[];
};

const FOLDER = new URL('../../docs/events/', import.meta.url);

/** The schema of each event, by file name. */
export const eventSchemas: ReadonlyMap<string, EventSchema> = new Map(
  readdirSync(FOLDER)
    .filter((name) => name.endsWith('.schema.json'))
    .map((name) => [name, JSON.parse(readFileSync(new URL(name, FOLDER), 'utf8'))]),
);

/** Where the schema of a detail-type stands: `order.reserved.v1` in `order-reserved.v1.schema.json`. */
export const fileOf = (detailType: string): string => `${detailType.replace('.', '-')}.schema.json`;

const ajv = new Ajv2020({ allErrors: true });
const compiled = new Map<string, ValidateFunction>();

/**
 * Holds a detail to the schema of its type. Consumers ignore members that they do not know; whoever sends them must not.
 *
 * @throws {Error} that says what is wrong with it
 */
export function validateEvent(detailType: string, detail: unknown): void {
  const schema = eventSchemas.get(fileOf(detailType));
  if (schema === undefined)
    throw new Error(`Cannot find a schema of "${detailType}" in docs/events/`);
  const validate = compiled.get(detailType) ?? ajv.compile(schema);
  compiled.set(detailType, validate);
  // As the bus carries it: without members that are undefined.
  const sent = JSON.parse(JSON.stringify(detail));
  const wrong = validate(sent) ? [] : [ajv.errorsText(validate.errors, { dataVar: 'detail' })];
  const unknown = Object.keys(sent ?? {}).filter((name) => !Object.hasOwn(schema.properties, name));
  const faults = [...wrong, ...unknown.map((name) => `detail has no member "${name}"`)];
  if (faults.length === 0) return;
  throw new Error(
    `${detailType} is not as its schema says: ${faults.join('; ')}. It was ${JSON.stringify(sent)}`,
  );
}
