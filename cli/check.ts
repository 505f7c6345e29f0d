import { Command } from 'commander';
import { readSale } from './read-sale.ts';

/** `check FILE`: says all that is wrong with a sale file. */
export const checkCommand = () =>
  new Command('check')
    .description('reads a sale file and says all that is wrong with it')
    .argument('<file>', 'the sale file')
    .action((file: string) => {
      const { id, items, opensAt } = readSale(file);
      const opening = new Date(opensAt).toISOString();
      console.log(`${file} is a sale: "${id}", ${items.length} items, opens ${opening}`);
    });
