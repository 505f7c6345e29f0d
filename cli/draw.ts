import { Command } from 'commander';
import { draw } from '../domain/draw.ts';
import { type Changing, change, changing } from './changing.ts';
import { print } from './output.ts';
import { reach } from './reach.ts';
import { saleLine, saleNow } from './sale-now.ts';

type Options = Changing & { readonly value: string };

/** `draw SALE --value TEXT`: mixes the announced public value into the slots. */
export const drawCommand = () =>
  changing(
    new Command('draw')
      .description(
        'draws the slots with a public value, once, at the latest 2 minutes before the opening',
      )
      .argument('<sale>', 'id of the sale')
      .requiredOption('--value <text>', 'what the announced source has published'),
  ).action(async (saleId: string, { value, ...options }: Options) => {
    const text = value.trim();
    if (text === '') throw new Error(`Cannot draw "${saleId}": the value is empty`);
    const deployed = reach(options);
    const changes = [
      saleLine(await saleNow(deployed, saleId, 'draw')),
      `Its slots are mixed with "${text}", for good: no other value can be drawn after it.`,
    ];
    const intent = { what: 'draw', saleId, detail: { value: text }, changes };
    const outcome = await change(deployed, options, intent, () => draw(deployed, saleId, text));
    const why = (reason: string) => new Error(`Cannot draw "${saleId}": ${reason}`);
    switch (outcome.kind) {
      case 'drawn':
        return print(options, outcome, `Drawn: the slots of "${saleId}" are mixed with "${text}"`);
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
