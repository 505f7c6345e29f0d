/** @module The table of functions in `docs/architecture.md`: which calls each makes, and on what. */

import { readFileSync } from 'node:fs';
import { touching } from './calls.ts';

const PAGE = new URL('../../docs/architecture.md', import.meta.url);

const TABLES = ['catalogue', 'stock', 'orders'];

/** The secrets that a function's environment variables lead to. */
const SECRETS = { SIGNING_SECRET_ARN: 'signing keys', PAYMENT_SECRET_ARN: 'payment keys' };

/** Every `function: call on thing` of the table. @throws {Error} naming what it cannot read */
function documentedCalls(): ReadonlySet<string> {
  const page = readFileSync(PAGE, 'utf8');
  const section = /\n## Functions\n([\s\S]*?)\n## /.exec(page)?.[1] ?? '';
  const rows = [...section.matchAll(/^\| `(\w+)` \| (.*) \| (.*) \| (.*) \|$/gm)];
  return new Set(
    rows.flatMap(([, folder = '', , variables = '', calls = '']) => {
      const name = folder.charAt(0).toUpperCase() + folder.slice(1);
      return calls
        .split('; ')
        .flatMap((part) => placesIn(part, variables))
        .map(([operation, on]) => touching(name, operation, on));
    }),
  );
}

type Place = readonly [operation: string, on: string];

/** One part of a cell, such as `stock: BatchGetItem, PutItem`. */
function placesIn(part: string, variables: string): readonly Place[] {
  const [, on, operations] = /^(\w+): (.*)$/.exec(part) ?? [];
  if (on !== undefined && TABLES.includes(on)) {
    return (operations ?? '').split(', ').map((operation) => [operation, on] as const);
  }
  const [operation = ''] = (operations ?? part).split(' ');
  if (part.endsWith(' of reports')) return [[operation, 'reports']];
  if (part.endsWith(' of imports')) return [[operation, 'imports']];
  return thingsOf(operation, part.includes(' both'), variables).map((one) => [operation, one]);
}

/** What a call without a table is made on. */
function thingsOf(operation: string, both: boolean, variables: string): readonly string[] {
  switch (operation) {
    case 'BatchGetItem':
      return ['catalogue', 'stock'];
    case 'SendMessage':
      return both ? ['orders queue', 'sweeps queue'] : ['orders queue'];
    case 'GetSecretValue':
      return Object.entries(SECRETS).flatMap(([name, secret]) =>
        variables.includes(name) ? [secret] : [],
      );
    case 'PutEvents':
      return ['bus'];
    case 'PutObject':
      return ['site'];
    case 'GetProvisionedConcurrencyConfig':
    case 'PutProvisionedConcurrencyConfig':
    case 'DeleteProvisionedConcurrencyConfig':
      return ['buy alias'];
    case 'CreateSchedule':
    case 'DeleteSchedule':
      return ['schedules'];
    case 'DescribeKeyValueStore':
    case 'UpdateKeys':
      return ['gate'];
    default:
      throw new Error(`Cannot read docs/architecture.md: a function calls "${operation}"`);
  }
}

/** Where the calls that were made and the table differ, as sentences. */
export function differences(made: ReadonlySet<string>): readonly string[] {
  const told = documentedCalls();
  return [
    ...[...told]
      .filter((one) => !made.has(one))
      .map((one) => `${one}: the table has it, and no flow makes it`),
    ...[...made]
      .filter((one) => !told.has(one))
      .map((one) => `${one}: a flow makes it, and the table lacks it`),
  ];
}
