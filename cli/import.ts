import { readFileSync } from 'node:fs';
import { Command } from 'commander';
import { explainRow, readProducts } from '../adapters/product-file.ts';
import { dryStore } from '../domain/dry-store.ts';
import { type ImportReport, importProducts, type ProductRow } from '../domain/import-products.ts';
import { type Changing, change, changing } from './changing.ts';
import { print } from './output.ts';
import { withProgress } from './progress.ts';
import { reach } from './reach.ts';

/** `import FILE`: products into the catalogue. */
export const importCommand = () =>
  changing(
    new Command('import')
      .description(
        'takes products of a CSV or JSON file into the catalogue; the same file again changes nothing',
      )
      .argument('<file>', 'the file: docs/products.md says what stands in it')
      .addHelpText(
        'after',
        `
Rows that are wrong are reported with their line and reason, and the others are taken; then the status is 1.`,
      ),
  ).action(async (file: string, options: Changing) => {
    const deployed = reach(options);
    const rows = readProducts(bytesOf(file), file);
    const foreseen = await importProducts(dryStore(deployed.store), rows);
    for (const row of foreseen.rows) if (row.faults) console.error(explainRow(file, row));
    if (foreseen.refused > 0) process.exitCode = 1;
    const changes = [`Of ${rows.length} rows of ${file}: ${countsOf(foreseen)}.`];
    const detail = { file, rows: rows.length };
    // What changes nothing is neither asked for nor an act.
    const report =
      foreseen.added + foreseen.changed === 0
        ? foreseen
        : await change(deployed, options, { what: 'import', detail, changes }, () =>
            importing(deployed, file, rows),
          );
    print(options, report, `Imported: ${countsOf(report)}`);
  });

const importing = (
  { store }: ReturnType<typeof reach>,
  file: string,
  rows: readonly ProductRow[],
) =>
  withProgress(`Importing ${file}`, (tell) =>
    importProducts(store, rows, (done) => tell(`${done} of ${rows.length} rows`)),
  );

const countsOf = ({ added, changed, unchanged, refused }: ImportReport): string =>
  `${added} added, ${changed} changed, ${unchanged} unchanged, ${refused} refused`;

function bytesOf(file: string): Uint8Array {
  try {
    return readFileSync(file);
  } catch (cause) {
    throw new Error(`Cannot read "${file}": ${(cause as Error).message}`, { cause });
  }
}
