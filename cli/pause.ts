import { Command } from 'commander';
import { pause } from '../domain/pause.ts';
import { type Changing, change, changing } from './changing.ts';
import { impossibleOn } from './impossible.ts';
import { print } from './output.ts';
import { reach } from './reach.ts';
import { saleLine, saleNow } from './sale-now.ts';

/** `pause SALE`: nobody can buy; open orders go on. */
export const pauseCommand = () =>
  changing(
    new Command('pause')
      .description(
        'stops buying within a second; orders can be paid and expire as ever; safe to repeat',
      )
      .argument('<sale>', 'id of the sale'),
  ).action(async (saleId: string, options: Changing) => {
    const deployed = reach(options);
    const changes = [
      saleLine(await saleNow(deployed, saleId, 'pause')),
      'Nobody can buy until it is resumed; orders that are there can be paid, and expire.',
    ];
    const outcome = await change(deployed, options, { what: 'pause', saleId, changes }, () =>
      pause(deployed, saleId),
    );
    if (outcome.kind !== 'paused') throw impossibleOn('pause', saleId, outcome.kind);
    print(options, outcome, `Paused: "${saleId}"; the edges hear of it within half a minute`);
  });
