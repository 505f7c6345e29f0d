import { Command } from 'commander';
import { closeNow } from '../domain/closing.ts';
import type { Overview } from '../domain/overview.ts';
import { type Changing, change, changing } from './changing.ts';
import { impossibleOn } from './impossible.ts';
import { print } from './output.ts';
import { reach } from './reach.ts';
import { instant, saleLine, saleNow } from './sale-now.ts';

/** `close SALE`: nobody can buy any more, ever. */
export const closeCommand = () =>
  changing(
    new Command('close')
      .description(
        'closes a sale now, for good; open orders can be paid, and expire; safe to repeat',
      )
      .argument('<sale>', 'id of the sale')
      .addHelpText(
        'after',
        `
What is closed never opens again: to stop buying for a while, see pause. A sale that has not opened is cancelled by it.`,
      ),
  ).action(async (saleId: string, options: Changing) => {
    const deployed = reach(options);
    const overview = await saleNow(deployed, saleId, 'close');
    const changes = [saleLine(overview), ...effectLines(overview)];
    const outcome = await change(deployed, options, { what: 'close', saleId, changes }, () =>
      closeNow(deployed, saleId),
    );
    if (outcome.kind !== 'closed') throw impossibleOn('close', saleId, outcome.kind);
    const text = `Closed: "${saleId}", at ${instant(outcome.closesAt)}; the edges hear of it within half a minute`;
    print(options, outcome, text);
  });

function effectLines({ phase, items }: Overview): readonly string[] {
  if (phase === 'closed') return ['It is over; whatever its closing has left is finished.'];
  if (phase === 'scheduled') return ['It never opens. This cannot be undone.'];
  const unpaid = items.reduce((sum, item) => sum + item.unpaid, 0);
  return [
    'Nobody can buy any more. This cannot be undone.',
    `${unpaid} units are ordered and not known to be paid: they can be paid until their time is up, and go back then, for nobody to buy.`,
  ];
}
