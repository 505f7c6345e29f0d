import { Command, InvalidArgumentError } from 'commander';
import { restock } from '../domain/grant.ts';
import { outputsOption, type Reach, reach } from './reach.ts';

type Options = Reach & { readonly grant: number };

const MOST_UNITS = 10_000_000;

function unitsOf(text: string): number {
  const units = Number(text);
  if (Number.isInteger(units) && units >= 1 && units <= MOST_UNITS) return units;
  throw new InvalidArgumentError(`${text} is no number of units: it must be 1 to ${MOST_UNITS}`);
}

/** `restock SALE SKU UNITS --grant N`: more units for an item. */
export const restockCommand = () =>
  new Command('restock')
    .description('adds units to an item; the same grant adds nothing twice')
    .argument('<sale>', 'id of the sale')
    .argument('<sku>', 'SKU of the item')
    .argument('<units>', 'how many units come', unitsOf)
    .requiredOption('--grant <number>', '1 for the first restock of the item, then 2, …', unitsOf)
    .addOption(outputsOption())
    .action(async (saleId: string, sku: string, units: number, { grant, ...options }: Options) => {
      const deployed = reach(options);
      const outcome = await restock(deployed, { saleId, sku }, grant, units, deployed.clock());
      switch (outcome.kind) {
        case 'granted':
          console.log(`Granted: ${units} units in ${outcome.shards} shards`);
          return;
        case 'taken':
          throw new Error(`Cannot restock: grant ${grant} was for ${outcome.units} units`);
        case 'out-of-turn':
          throw new Error(`Cannot restock: the next grant of "${sku}" is number ${outcome.next}`);
        case 'unknown-item':
          throw new Error(`Cannot restock: no item "${sku}" with a stock in sale "${saleId}"`);
      }
    });
