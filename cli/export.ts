import { createWriteStream } from 'node:fs';
import { rename } from 'node:fs/promises';
import { Readable, type Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Command } from 'commander';
import { stringify } from 'csv-stringify';
import type { Deployment } from '../adapters/deployment.ts';
import { columnsOf, type OrderRow, orderRows } from '../adapters/order-export.ts';
import { dynamoBooks } from '../adapters/order-records.ts';
import { findSale } from '../domain/catalogue.ts';
import { recorded } from '../domain/journal.ts';
import type { PublishedSale } from '../domain/sale.ts';
import { type Tell, withProgress } from './progress.ts';
import { outputsOption, type Reach, reach } from './reach.ts';

type Options = Reach & {
  readonly csv?: true;
  readonly jsonl?: true;
  readonly file?: string;
  readonly withContact?: true;
};

/** `export SALE`: its orders as a table. */
export const exportCommand = () =>
  new Command('export')
    .description('writes the orders of a sale as CSV, or a JSON object a line')
    .argument('<sale>', 'id of the sale')
    .option('--csv', 'comma-separated values with a line of names (default)')
    .option('--jsonl', 'a JSON object a line instead')
    .option('--file <file>', 'write here instead of to standard output; replaced once it is whole')
    .option('--with-contact', 'also shopper id and contact: personal data, noted in the log')
    .addOption(outputsOption())
    .addHelpText(
      'after',
      `
Columns and their meaning: docs/money.md. In CSV a text that a spreadsheet would take for a formula begins with
an apostrophe. Amounts are there twice: in the currency's smallest unit, and as a decimal.`,
    )
    .action(async (saleId: string, options: Options) => {
      if (options.csv && options.jsonl) throw new Error('Cannot write both --csv and --jsonl');
      const deployed = reach(options);
      const sale = await findSale(deployed.store, saleId);
      if (sale === undefined) throw new Error(`Cannot export "${saleId}": there is no such sale`);
      const write = () =>
        withProgress(`Exporting "${saleId}"`, (tell) => exported(deployed, sale, options, tell));
      const { orders } = options.withContact
        ? await recorded(deployed, await deployed.operator(), actOf(saleId), write)
        : await write();
      console.error(`Exported: ${orders} orders of "${saleId}"`);
    });

/** Who takes personal data out is written down. */
const actOf = (saleId: string) => ({ what: 'export', saleId, detail: { withContact: true } });

async function exported(
  deployed: Deployment,
  sale: PublishedSale,
  { file, jsonl, ...options }: Options,
  tell: Tell,
) {
  const { db, tables, store } = deployed;
  const withContact = options.withContact === true;
  const world = { store, books: dynamoBooks(db, tables.orders) };
  let orders = 0;
  async function* rows(): AsyncGenerator<OrderRow> {
    for await (const page of orderRows(world, sale, withContact)) {
      yield* page;
      orders += page.length;
      tell(`${orders} orders`);
    }
  }
  const form = jsonl ? lines : csvOf(columnsOf(withContact));
  await written(Readable.from(rows()), form, file);
  return { kind: 'exported', orders };
}

/** A JSON object a line. */
async function* lines(rows: AsyncIterable<OrderRow>): AsyncGenerator<string> {
  for await (const row of rows) yield `${JSON.stringify(row)}\n`;
}

/** @see https://owasp.org/www-community/attacks/CSV_Injection for what is escaped */
const csvOf = (columns: readonly string[]): Transform =>
  stringify({ header: true, columns: [...columns], escape_formulas: true });

/** Half a file never has the name that was asked for. */
async function written(
  rows: Readable,
  form: Transform | typeof lines,
  file: string | undefined,
): Promise<void> {
  if (file === undefined) return pipeline(rows, form, process.stdout, { end: false });
  const part = `${file}.part`;
  await pipeline(rows, form, createWriteStream(part, { mode: 0o600 }));
  await rename(part, file);
}
