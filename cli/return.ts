import { Command } from 'commander';
import { findSale } from '../domain/catalogue.ts';
import { type ReturnedItem, returnPlanned, returnUnsold } from '../domain/return-unsold.ts';
import { type Changing, change, changing } from './changing.ts';
import { print } from './output.ts';
import { reach } from './reach.ts';
import { instant } from './sale-now.ts';

/** `return SALE`: what it did not sell goes back to its products. */
export const returnCommand = () =>
  changing(
    new Command('return')
      .description('gives units that a sale did not sell back to their products; safe to repeat')
      .argument('<sale>', 'id of a sale that is over, or whose publication was given up')
      .addHelpText(
        'after',
        `
The reconciliation after a sale does it by itself. A sale is over once its sweeps have ended.`,
      ),
  ).action(async (saleId: string, options: Changing) => {
    const deployed = reach(options);
    const isPublished = (await findSale(deployed.store, saleId)) !== undefined;
    const what = isPublished ? 'what it did not sell' : 'what was set aside for it';
    const changes = [`Products get back ${what} of "${saleId}".`];
    const outcome = await change(
      deployed,
      options,
      { what: 'return', saleId, changes },
      async () =>
        isPublished
          ? returnUnsold(deployed.store, saleId, deployed.clock())
          : ({ kind: 'returned', items: await returnPlanned(deployed, saleId) } as const),
    );
    switch (outcome.kind) {
      case 'returned':
        print(options, outcome, textOf(outcome.items));
        return;
      case 'too-early':
        throw new Error(
          `Cannot return units of "${saleId}": late payments may buy until ${instant(outcome.until)}`,
        );
      case 'open':
        throw new Error(
          `Cannot return units of "${saleId}": its sweeps have not ended, or a unit is held`,
        );
      case 'unknown-sale':
        throw new Error(`Cannot return units of "${saleId}": there is no such sale`);
    }
  });

function textOf(items: readonly ReturnedItem[]): string {
  if (items.length === 0) return 'Returned: nothing, for no product has units there';
  return items
    .map(({ sku, sold, returned }) => `Returned: ${returned} of ${sku}, ${sold} sold`)
    .join('\n');
}
