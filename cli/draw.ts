import { Command } from 'commander';
import { draw } from '../domain/draw.ts';
import { outputsOption, type Reach, reach } from './reach.ts';

type Options = Reach & { readonly value: string };

/** `draw SALE --value TEXT`: mixes the announced public value into the slots. */
export const drawCommand = () =>
  new Command('draw')
    .description(
      'draws the slots with a public value, once, at the latest 2 minutes before the opening',
    )
    .argument('<sale>', 'id of the sale')
    .requiredOption('--value <text>', 'what the announced source has published')
    .addOption(outputsOption())
    .action(async (saleId: string, { value, ...options }: Options) => {
      const text = value.trim();
      if (text === '') throw new Error(`Cannot draw "${saleId}": the value is empty`);
      const outcome = await draw(reach(options), saleId, text);
      const why = (reason: string) => new Error(`Cannot draw "${saleId}": ${reason}`);
      switch (outcome.kind) {
        case 'drawn':
          console.log(`Drawn: the slots of "${saleId}" are mixed with "${text}"`);
          return;
        case 'unknown-sale':
          throw why('there is no such sale');
        case 'no-draw':
          throw why('its file announced no "draw", and a value chosen later proves nothing');
        case 'drawn-already':
          throw why(`it was drawn with "${outcome.publicValue}", and that counts`);
        case 'too-late':
          throw why('less than 2 minutes are left; it opens with its own seed alone');
      }
    });
