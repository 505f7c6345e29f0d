import { Command } from 'commander';
import type { Deployment } from '../adapters/deployment.ts';
import { dynamoRecords } from '../adapters/order-records.ts';
import { findSale } from '../domain/catalogue.ts';
import { isBeyondRepair, isRepairable, repair } from '../domain/repair.ts';
import { type ItemFindings, lookAtSale } from '../domain/repair-look.ts';
import type { PublishedSale } from '../domain/sale.ts';
import { type Changing, change, changing } from './changing.ts';
import { print } from './output.ts';
import { withProgress } from './progress.ts';
import { reach } from './reach.ts';
import { findingLines, intentLines, repairedLine } from './repair-lines.ts';
import { saleLine, saleNow } from './sale-now.ts';

type Options = Changing & { readonly dryRun?: true };

/** `repair SALE`: the sweep, shown first and then done at once. */
export const repairCommand = () =>
  changing(
    new Command('repair')
      .description(
        'shows what a sweep would do to which orders and why, then does it at once; safe beside the sweeps that run',
      )
      .argument('<sale>', 'id of the sale')
      .option('--dry-run', 'only show it'),
  ).action(async (saleId: string, options: Options) => {
    const deployed = reach(options);
    const standing = saleLine(await saleNow(deployed, saleId, 'repair'));
    const sale = (await findSale(deployed.store, saleId)) as PublishedSale;
    const found = await lookAt(deployed, sale);
    // Exit status 1: somebody has to do something that no sweep does.
    if (found.some(isBeyondRepair)) process.exitCode = 1;
    const shown = [standing, ...findingLines(found, deployed.clock())];
    if (options.dryRun || !found.some(isRepairable)) {
      return print(options, { kind: 'looked', items: found }, shown.join('\n'));
    }
    const intent = {
      what: 'repair',
      saleId,
      detail: countsOf(found),
      changes: [...shown, ...intentLines],
    };
    const outcome = await change(deployed, options, intent, () => repairNow(deployed, sale));
    print(options, { ...outcome, items: found }, repairedLine(outcome));
  });

function lookAt(deployed: Deployment, sale: PublishedSale): Promise<readonly ItemFindings[]> {
  const { store, queue, clock } = deployed;
  const world = { store, queue, records: recordsOf(deployed) };
  return withProgress(`Looking at "${sale.id}"`, (tell) => {
    let ranges = 0;
    return lookAtSale(world, sale, clock(), () => tell(`${++ranges} ranges of 200 shards`));
  });
}

function repairNow(deployed: Deployment, sale: PublishedSale) {
  const { store, queue, clock } = deployed;
  const world = { store, queue, records: recordsOf(deployed) };
  return withProgress(`Repairing "${sale.id}"`, (tell) => {
    let ranges = 0;
    return repair(world, sale, clock(), () => tell(`${++ranges} ranges of 200 shards`));
  });
}

const recordsOf = ({ db, tables }: Deployment) => dynamoRecords(db, tables.orders);

/** What is about to be done, for the log: holders by verdict. */
function countsOf(found: readonly ItemFindings[]): Record<string, number> {
  const cases = found.flatMap((item) => item.cases);
  const groups = Map.groupBy(cases, ({ verdict }) => verdict);
  return Object.fromEntries([...groups].map(([verdict, of]) => [verdict, of.length]));
}
