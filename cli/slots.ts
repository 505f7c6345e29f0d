import { Command } from 'commander';
import { fetchSlots, judgeSlots, slotsOfShopper } from '../adapters/public-slots.ts';
import type { PublicSlots } from '../adapters/slots.ts';
import { jsonOption, type Output, print } from './output.ts';
import { outputsOption, type Reach, reach } from './reach.ts';

type Options = Reach &
  Output & {
    readonly site?: string;
    readonly announced?: string;
    readonly shopper?: string;
  };

/** `slots SALE`: checks the draw of a closed sale from its public file. Exit status 1 when it was not as announced. */
export const slotsCommand = () =>
  new Command('slots')
    .description(
      'checks how the slots of a closed sale were drawn, from its public slots.json alone',
    )
    .argument('<sale>', 'id of the sale')
    .option('--shopper <id>', "computes this shopper's lot and slot; the page shows the id")
    .option('--announced <hash>', 'the hash that was noted before the opening')
    .option('--site <url>', 'the site, for whoever has no outputs of the stacks')
    .addOption(jsonOption())
    .addOption(outputsOption())
    .action(checkSlots);

async function checkSlots(saleId: string, options: Options): Promise<void> {
  const { announced, shopper } = options;
  const slots = await fetchSlots(options.site ?? reach(options).outputs.SiteUrl, saleId);
  const verdict = judgeSlots(slots, announced?.trim().toLowerCase());
  // Before the closing, or from another seed, nobody's slot can be told.
  const mine = shopper && verdict === 'right' ? slotsOfShopper(slots, shopper) : undefined;
  const lines = linesOf(slots, announced);
  if (verdict === 'right') lines.push('RIGHT: the seed has the hash that was announced');
  if (mine && shopper) lines.push(...shopperLines(mine, shopper));
  print(options, { verdict, ...slots, ...mine }, lines.join('\n'));
  if (verdict === 'not-revealed') {
    throw new Error(`Cannot check "${saleId}" yet: its seed is revealed at the closing`);
  }
  if (verdict === 'wrong') {
    throw new Error('WRONG: the seed does not have the hash that was announced');
  }
}

const linesOf = (slots: PublicSlots, announced?: string): string[] => [
  `sale          ${slots.saleId}`,
  `announced     ${announced ?? slots.seedHash}${announced === undefined ? ' (as the file says now)' : ''}`,
  `seed          ${slots.seed ?? 'not revealed'}`,
  `public value  ${slots.publicValue ?? 'none'}${slots.source === null ? '' : ` (announced source: ${slots.source})`}`,
  `slots began   ${slots.epochs.map((epoch) => new Date(epoch).toISOString()).join(', ')}`,
  `slot width    ${slots.widthMs / 1000} s`,
  `formula       ${slots.formula}`,
];

function shopperLines(
  { lot, slots: instants }: ReturnType<typeof slotsOfShopper>,
  shopper: string,
): string[] {
  return [
    `shopper       ${shopper}`,
    `lot           ${lot} of 0 to 65535`,
    `slot          ${instants.map((slot) => new Date(slot).toISOString()).join(', ')}`,
  ];
}
