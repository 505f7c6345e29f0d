import { Command } from 'commander';
import { pause } from '../domain/pause.ts';
import { impossibleOn } from './impossible.ts';
import { outputsOption, type Reach, reach } from './reach.ts';

/** `pause SALE`: nobody can buy; open orders go on. */
export const pauseCommand = () =>
  new Command('pause')
    .description(
      'stops buying within a second; orders can be paid and expire as ever; safe to repeat',
    )
    .argument('<sale>', 'id of the sale')
    .addOption(outputsOption())
    .action(async (saleId: string, options: Reach) => {
      const { kind } = await pause(reach(options), saleId);
      if (kind !== 'paused') throw impossibleOn('pause', saleId, kind);
      console.log(`Paused: "${saleId}"; the edges hear of it within half a minute`);
    });
