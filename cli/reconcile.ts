import { writeFile } from 'node:fs/promises';
import { Command } from 'commander';
import { moneyDesk, pageOf, reportIn } from '../adapters/money-desk.ts';
import { recorded } from '../domain/journal.ts';
import { jsonOption, type Output, print } from './output.ts';
import { withProgress } from './progress.ts';
import { outputsOption, type Reach, reach } from './reach.ts';
import { isClean, reportLines } from './reconcile-lines.ts';
import { saleNow } from './sale-now.ts';

type Options = Reach & Output & { readonly html?: string };

/** `reconcile SALE`: orders against the provider's statement. Exit status 1 when somebody has something to do. */
export const reconcileCommand = () =>
  new Command('reconcile')
    .description("compares a sale's orders with the payment provider's statement, cent by cent")
    .argument('<sale>', 'id of the sale')
    .option('--html <file>', 'also keep the readable report here')
    .addOption(jsonOption())
    .addOption(outputsOption())
    .addHelpText(
      'after',
      `
It runs by itself each night and after each sale; this is the same function, now. A payment that nobody heard
of is told again, and a refund that was decided is asked for again: it does not ask before, as nights do not.
What each finding means and what follows: docs/money.md. Exit status 1: somebody has something to do.`,
    )
    .action(async (saleId: string, options: Options) => {
      const deployed = reach(options);
      await saleNow(deployed, saleId, 'reconcile');
      const desk = moneyDesk(deployed);
      const { place } = await withProgress(`Reconciling "${saleId}"`, async () =>
        recorded(deployed, await deployed.operator(), { what: 'reconcile', saleId }, async () => ({
          ...{ kind: 'reconciled', place: await desk.reconcile(saleId) },
        })),
      );
      const report = reportIn(await desk.text(place));
      if (options.html) await writeFile(options.html, await desk.text(pageOf(place)));
      const where = `Report: ${desk.address(pageOf(place))}`;
      print(options, { ...report, report: place }, [...reportLines(report), where].join('\n'));
      if (!isClean(report)) process.exitCode = 1;
    });
