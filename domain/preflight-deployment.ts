/** @module Preflight of what a deployment decides once for all sales: tables, versions of functions, the distribution. */

import type { FunctionFacts, TableFacts } from './preflight-facts.ts';
import {
  all,
  type Judged,
  type Learnt,
  type Line,
  type LineId,
  line,
  passIf,
} from './preflight-line.ts';

const named = (tables: readonly TableFacts[], isWrong: (index: number) => boolean): string =>
  tables.flatMap(({ name }, index) => (isWrong(index) ? [name] : [])).join(', ');

function tableLine<T>(
  id: LineId,
  needed: string,
  tables: readonly TableFacts[],
  of: (table: TableFacts) => Learnt<T>,
  isRight: (value: T) => boolean,
  advice: string,
  otherwise: 'fail' | 'warn' = 'fail',
): Line {
  return line(id, needed, all(tables.map(of)), (values) => {
    const wrong = named(tables, (index) => !isRight(values[index] as T));
    if (wrong === '') return { verdict: 'pass', found: `all ${tables.length}` };
    return { verdict: otherwise, found: `not so: ${wrong}`, advice };
  });
}

/** The tables: there, recoverable, protected. */
export const tableLines = (tables: readonly TableFacts[]): readonly Line[] => [
  tableLine(
    'tables-active',
    'each ACTIVE',
    tables,
    ({ description }) => description,
    ({ status }) => status === 'ACTIVE',
    'Wait until they are; a table that is being updated goes on working.',
  ),
  tableLine(
    'tables-recovery',
    'on for each',
    tables,
    ({ recovery }) => recovery,
    (isOn) => isOn,
    'Deploy: the stack declares it. Somebody has turned it off by hand.',
  ),
  tableLine(
    'tables-protected',
    'on for each',
    tables,
    ({ description }) => description,
    ({ isProtected }) => isProtected,
    'A stage whose data lives as long as its stack has none: in prod, somebody has turned it off by hand.',
    // A sale runs without it; its data may not outlive the next mistake.
    'warn',
  ),
];

/** Whether the alias `live` points to one version, and that one runs. */
export const versionLine = (
  id: 'buy-version' | 'record-version',
  { version }: FunctionFacts,
): Line =>
  line(id, 'one version, Active', version, ({ number, state, other }): Judged => {
    const found = `version ${number} is ${state}`;
    if (other !== undefined) {
      const advice = 'A deployment is going on: let it end, or roll it back, before the sale.';
      return { verdict: 'fail', found: `${found}, and version ${other} has a share`, advice };
    }
    return passIf(state === 'Active', found, 'Wait, or deploy again.');
  });

/** Whether every edge has the distribution as it was deployed. */
export const distributionLine = (
  fact: Learnt<{ readonly status: string; readonly isEnabled: boolean }>,
): Line =>
  line('distribution', 'enabled and Deployed', fact, ({ status, isEnabled }) =>
    passIf(
      isEnabled && status === 'Deployed',
      `${isEnabled ? 'enabled' : 'disabled'}, ${status}`,
      isEnabled
        ? 'A change is on its way to the edges: wait some minutes.'
        : 'Somebody has disabled it by hand: enable it in the console.',
    ),
  );
