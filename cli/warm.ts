import { LambdaClient } from '@aws-sdk/client-lambda';
import { Command } from 'commander';
import type { Deployment } from '../adapters/deployment.ts';
import { lambdaWarmth } from '../adapters/lambda-warmth.ts';
import { raiseWrites, tableWarmth } from '../adapters/table-warmth.ts';
import { findSale } from '../domain/catalogue.ts';
import type { PublishedSale } from '../domain/sale.ts';
import {
  converge,
  environmentsOf,
  isWarm,
  stockWritesFor,
  type Warmth,
  warmUntil,
} from '../domain/warmth.ts';
import { type Changing, change, changing } from './changing.ts';
import { print } from './output.ts';
import { reach } from './reach.ts';
import { instant } from './sale-now.ts';
import { type WarmView, warmLines } from './warm-lines.ts';

type Options = Changing & { readonly off?: boolean; readonly tables?: boolean };

/** `warm SALE`: keeps environments ready for its crowd, ahead of the schedule, or lets them go. */
export const warmCommand = () =>
  changing(
    new Command('warm')
      .description(
        'keeps environments of the buy function ready for a sale, now; schedules do so 15 minutes before each opening',
      )
      .argument('<sale>', 'id of the sale')
      .option('--off', 'take back what is kept for this sale; what other sales want stays')
      .option('--tables', 'raise what the stock table takes at once, too: paid once, and for good')
      .addHelpText(
        'after',
        `
It shows what is warm, what is wanted and what it costs, and asks. Tables take hours: raise them the day before.`,
      ),
  ).action(async (saleId: string, options: Options) => {
    const deployed = reach(options);
    const warmth = warmthOf(deployed);
    const view = await look(deployed, warmth, saleId, options);
    const { off: isOff = false, tables: raises = false } = options;
    const detail = { environments: view.environments.wanted, off: isOff, tables: raises };
    const changes = warmLines(view, deployed.clock());
    const outcome = await change(deployed, options, { what: 'warm', saleId, detail, changes }, () =>
      apply(deployed, warmth, view),
    );
    const { before, now } = outcome.environments;
    const table = outcome.table ? `; table Stock rises to ${outcome.table} write units/s` : '';
    const text = `Warm: ${now} environments are asked for, ${before} were${table}`;
    print(options, outcome, text);
  });

function warmthOf({ outputs, settings }: Deployment): Warmth {
  const { BuyFunctionArn } = outputs;
  if (BuyFunctionArn !== undefined) return lambdaWarmth(new LambdaClient(settings), BuyFunctionArn);
  throw new Error('Cannot warm anything: the outputs lack "BuyFunctionArn"; deploy again');
}

async function look(
  { store, catalogue, clock, outputs, db, tables }: Deployment,
  warmth: Warmth,
  saleId: string,
  { off: isOff = false, tables: raises = false }: Options,
): Promise<WarmView> {
  const sale = await findSale(store, saleId);
  if (sale === undefined) throw new Error(`Cannot warm "${saleId}": there is no such sale`);
  const now = clock();
  if (!isOff && now >= warmUntil(sale)) {
    throw new Error(`Cannot warm "${saleId}": its crowd is gone since ${instant(warmUntil(sale))}`);
  }
  const others = (await catalogue.sales()).filter((one) => one.id !== saleId && isWarm(one, now));
  const all: readonly PublishedSale[] = isOff ? others : [sale, ...others];
  const most = Number(outputs.MostWarm ?? 0);
  const table = await tableWarmth(db, tables.stock);
  const perSecond = all.reduce((sum, { admission }) => sum + admission.perSecond, 0);
  return {
    ...{ sale, isOff, raises },
    environments: { ...(await warmth.asked()), wanted: environmentsOf(all, most), most },
    table: table && { ...table, wanted: stockWritesFor(perSecond) },
  };
}

/** Each by itself can be repeated: what is as wanted already is left alone. */
async function apply(
  { db, tables }: Deployment,
  warmth: Warmth,
  { environments: { wanted }, table, raises, isOff }: WarmView,
) {
  const environments = await converge(warmth, wanted);
  const raised =
    raises && !isOff && table !== undefined && !table.isRising && table.writes < table.wanted;
  if (raised) await raiseWrites(db, tables.stock, table, table.wanted);
  const kind = raised || environments.kind === 'changed' ? 'changed' : 'unchanged';
  return { kind, environments, ...(raised && { table: table.wanted }) } as const;
}
