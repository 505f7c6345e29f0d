import { Command } from 'commander';
import type { Deployment } from '../adapters/deployment.ts';
import { type GrantOutcome, restock } from '../domain/grant.ts';
import { productIn, productKey } from '../domain/product.ts';
import { readStatus } from '../domain/status.ts';
import { type Changing, change, changing } from './changing.ts';
import { print } from './output.ts';
import { shortageText } from './planned-lines.ts';
import { reach } from './reach.ts';
import { saleLine, saleNow } from './sale-now.ts';
import { wholeNumber } from './whole-number.ts';

type Options = Changing & { readonly grant?: number };

const MOST_UNITS = 10_000_000;

const unitsOf = wholeNumber(
  1,
  MOST_UNITS,
  (text) => `${text} is no number of units: it must be 1 to ${MOST_UNITS}`,
);

/** `restock SALE SKU UNITS`: more units for an item. */
export const restockCommand = () =>
  changing(
    new Command('restock')
      .description('adds units to an item, from its product where it is made of one')
      .argument('<sale>', 'id of the sale')
      .argument('<sku>', 'SKU of the item')
      .argument('<units>', 'how many units come', unitsOf)
      .option('--grant <number>', '1 for the first restock of the item, then 2, …', unitsOf)
      .addHelpText(
        'after',
        `
Each restock of an item has a number, and the same number adds nothing twice. Without --grant it is the next
one, and the command that repeats it safely is printed first.`,
      ),
  ).action(async (saleId: string, sku: string, units: number, options: Options) => {
    const deployed = reach(options);
    const overview = await saleNow(deployed, saleId, 'restock');
    const status = await readStatus(deployed.store, { saleId, sku });
    const grant = options.grant ?? (status?.grants ?? 0) + 1;
    const again = `npm run sale -- restock ${saleId} ${sku} ${units} --grant ${grant}`;
    const changes = [
      saleLine(overview),
      `Grant ${grant} of "${sku}" brings ${units} units${await sourceOf(deployed, sku, status?.fromProduct)}.`,
      `Should this be cut short, repeat it so: ${again}`,
    ];
    const outcome = await change(
      deployed,
      options,
      { what: 'restock', saleId, detail: { sku, units, grant }, changes },
      () => restock(deployed, { saleId, sku }, grant, units, deployed.clock()),
    );
    if (outcome.kind !== 'granted') throw impossible(saleId, sku, grant, outcome);
    const text = `Granted: ${units} units in ${outcome.shards} shards; to repeat it: ${again}`;
    print(options, { ...outcome, sku, units, grant }, text);
  });

/** Where the units come from. */
async function sourceOf({ store }: Deployment, sku: string, isMade: true | undefined) {
  if (!isMade) return '';
  const [item] = await store.read([productKey(sku)]);
  if (item === undefined) return '';
  const { total, allocated } = productIn(item);
  return ` from the product, of which ${allocated} of ${total} are taken`;
}

function impossible(
  saleId: string,
  sku: string,
  grant: number,
  outcome: Exclude<GrantOutcome, { readonly kind: 'granted' }>,
): Error {
  const cannot = `Cannot restock "${sku}" of "${saleId}":`;
  switch (outcome.kind) {
    case 'taken':
      return new Error(`${cannot} grant ${grant} was for ${outcome.units} units`);
    case 'out-of-turn':
      return new Error(`${cannot} grant ${grant} is out of turn, the next is ${outcome.next}`);
    case 'unknown-item':
      return new Error(`${cannot} there is no such item with a stock`);
    default:
      return new Error(`${cannot} ${shortageText(outcome)}`);
  }
}
