import { Command } from 'commander';
import { jsonOption, type Output, print } from './output.ts';
import { outputsOption, type Reach, reach } from './reach.ts';
import { type SaleFacts, saleFacts } from './sale-facts.ts';
import { showLines } from './show-lines.ts';

type Options = Reach & Output;

/** `show SALE`: everything an operator asks of a sale. */
export const showCommand = () =>
  new Command('show')
    .description(
      'shows all there is to know of a sale: times, items, slots, schedules, queues, sweeps, what operators did',
    )
    .argument('<sale>', 'id of the sale')
    .addOption(jsonOption())
    .addOption(outputsOption())
    .action(async (saleId: string, options: Options) => {
      const deployed = reach(options);
      const facts = await saleFacts(deployed, saleId);
      if (facts === undefined) throw new Error(`Cannot show "${saleId}": there is no such sale`);
      const page = `${deployed.outputs.SiteUrl}/sales/${saleId}/`;
      print(options, objectOf(facts, page), showLines(facts, page).join('\n'));
    });

/** Without what nobody may know before the opening: door key, salt and seed stay where they are. */
function objectOf({ sale, items, ...facts }: SaleFacts, page: string) {
  const { doorKey, salt, slotSeed, ...known } = sale;
  return { ...known, ...facts, page, items };
}
