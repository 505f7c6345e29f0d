/** @module What `docs/sale.schema.json` says of a sale file. */

import schema from '../docs/sale.schema.json' with { type: 'json' };
import { judgeOf } from './json-schema.ts';

/** Holds a value to the schema, and writes the schema's defaults into it. */
export const breachesOf = judgeOf(schema);
