import { Command } from 'commander';
import { allSales } from '../adapters/catalogue.ts';
import { liveReader } from '../adapters/live-reader.ts';
import { type LiveItem, type LiveSale, liveSale } from '../domain/live.ts';
import { inParallel } from '../domain/parallel.ts';
import { jsonOption, type Output, print } from './output.ts';
import { outputsOption, type Reach, reach } from './reach.ts';
import { type Column, tableLines } from './table.ts';
import { utc } from './times.ts';

/** Enough for small sales to the unit; of large ones the summaries of the last sweep say enough for a list. */
const LIMITS = { shards: 100, claims: 500 };

/** Sales read at a time. */
const AT_ONCE = 8;

type Options = Reach & Output;

/** `list`: every published sale, the one that opens first first. */
export const listCommand = () =>
  new Command('list')
    .description('lists all published sales: state, times, items, units for sale, held and paid')
    .addOption(jsonOption())
    .addOption(outputsOption())
    .action(async (options: Options) => {
      const { db, tables, clock } = reach(options);
      const published = await allSales(db, tables.catalogue);
      const store = liveReader(db, tables);
      const found = new Map<string, LiveSale>();
      await inParallel(AT_ONCE, published, async ({ id }) => {
        const live = await liveSale(store, id, new Set(), LIMITS, clock());
        if (live !== undefined) found.set(id, live);
      });
      const sales = published.flatMap(({ id }) => found.get(id) ?? []);
      print(options, { sales: sales.map(objectOf) }, textOf(sales));
    });

const objectOf = ({ sale, phase, items }: LiveSale) => ({
  id: sale.id,
  title: sale.title,
  phase,
  opensAtEpochMs: sale.opensAt,
  closesAtEpochMs: sale.closesAt,
  items,
});

/** One row an item: what belongs to the whole sale stands in its first row alone. */
type Row = { readonly live: LiveSale; readonly item: LiveItem; readonly isFirst: boolean };

const ofSale = (name: string, text: (live: LiveSale) => string): Column<Row> => ({
  ...{ name, isLeft: true },
  text: ({ live, isFirst }) => (isFirst ? text(live) : ''),
});

const ofItem = (name: string, text: (item: LiveItem) => string): Column<Row> => ({
  name,
  text: ({ item }) => text(item),
});

const figure = (value: number | null): string => (value === null ? '–' : String(value));

const COLUMNS: readonly Column<Row>[] = [
  ofSale('sale', ({ sale }) => sale.id),
  ofSale('state', ({ phase }) => phase),
  ofSale('opens', ({ sale }) => utc(sale.opensAt)),
  ofSale('closes', ({ sale }) => utc(sale.closesAt)),
  { ...ofItem('item', ({ sku }) => sku), isLeft: true },
  ofItem('for sale', ({ forSale, soldOut, units }) => {
    if (units === null) return 'no end';
    return soldOut ? 'SOLD OUT' : figure(forSale);
  }),
  ofItem('held', ({ held }) => figure(held)),
  ofItem('paid', ({ paid, isPaidBehind }) => `${isPaidBehind ? '≥' : ''}${figure(paid)}`),
];

function textOf(sales: readonly LiveSale[]): string {
  if (sales.length === 0) return 'No sale is published';
  const rows = sales.flatMap((live) =>
    live.items.map((item, index) => ({ live, item, isFirst: index === 0 })),
  );
  return tableLines(COLUMNS, rows).join('\n');
}
