import { Command } from 'commander';
import { auditSale } from '../adapters/audit-sale.ts';
import { findingsOf, isBroken, type Verdict } from '../domain/audit.ts';
import { jsonOption, type Output, print } from './output.ts';
import { promiseLines } from './promise-lines.ts';
import { outputsOption, type Reach, reach } from './reach.ts';

/** Functions behind the API end after 10 s: what is younger may still be on its way. */
const IN_FLIGHT_MS = 10_000;

type Options = Reach & Output;

/** `audit SALE`: judges a sale by its tables. Exit status 1 when a promise is broken. */
export const auditCommand = () =>
  new Command('audit')
    .description('compares shards, claims and records with the promises; reads whole tables')
    .argument('<sale>', 'id of the sale')
    .addOption(jsonOption())
    .addOption(outputsOption())
    .action(async (saleId: string, options: Options) => {
      const verdict = await auditSale(reach(options), saleId, { inFlightMs: IN_FLIGHT_MS });
      print(options, verdict, textOf(verdict));
      if (isBroken(verdict)) process.exitCode = 1;
    });

const textOf = (verdict: Verdict): string =>
  [
    ...promiseLines(verdict.promises, (name) => findingsOf(verdict.promises[name])),
    '',
    ...verdict.items.map(
      ({ sku, cap, avail, open, paid, settled }) =>
        `${sku}: ${cap} units, ${avail} for sale, ${open} held, ${paid} paid (${settled} settled)`,
    ),
    ...verdict.observations.map(({ id, what }) => `note: ${id} ${what}`),
  ].join('\n');
