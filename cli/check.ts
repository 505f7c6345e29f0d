import { Command } from 'commander';
import { isOfProduct, type PlannedSale } from '../domain/planned-sale.ts';
import { type Examined, examine } from '../domain/publish-planned.ts';
import { jsonOption, type Output, print } from './output.ts';
import { differenceLines, obstacleText, peakLines, plannedLine } from './planned-lines.ts';
import { outputsOption, type Reach, reach } from './reach.ts';
import { readPlanned } from './read-sale.ts';

type Options = Reach & Output;

/** `check FILE`: says all that is wrong with a sale file. */
export const checkCommand = () =>
  new Command('check')
    .description('reads a sale file and says all that is wrong with it; changes nothing')
    .argument('<file>', 'the sale file')
    .addOption(jsonOption())
    .addOption(outputsOption())
    .addHelpText(
      'after',
      `
Without --outputs only the file is read. With it, also the deployment: products, their free units, what
overlapping sales let through together, and how the file differs from what is published.`,
    )
    .action(async (file: string, options: Options) => {
      const planned = readPlanned(file);
      const head = `${file} is a sale: ${plannedLine(planned)}`;
      if (options.outputs === undefined) {
        const checked = { kind: 'right', id: planned.id, unchecked: uncheckedIn(planned) };
        const not = checked.unchecked.map((one) => `Not checked without --outputs: ${one}`);
        print(options, checked, [head, ...not].join('\n'));
        return;
      }
      const deployed = reach(options);
      const examined = await examine(deployed, planned);
      if (!isRight(examined)) process.exitCode = 1;
      const lines = linesOf(planned.id, examined, deployed.buyRate);
      print(options, { id: planned.id, ...examined }, [head, ...lines].join('\n'));
    });

/** What only a deployment can say. */
function uncheckedIn({ items }: PlannedSale): string[] {
  const skus = items.filter(isOfProduct).map(({ product }) => `"${product}"`);
  const products = `that product ${skus.join(', ')} is there, in this currency, with units that are free`;
  return [
    ...(skus.length > 0 ? [products] : []),
    'that no other sale has its id',
    'that the buy path takes what it and the sales that it overlaps let through',
  ];
}

const isRight = (examined: Examined): boolean =>
  examined.kind === 'new'
    ? !examined.tooMuch
    : examined.kind === 'published' && examined.differences.length === 0;

function linesOf(saleId: string, examined: Examined, buyRate: number | undefined): string[] {
  switch (examined.kind) {
    case 'impossible':
      return examined.obstacles.map((one) => `It cannot be published: ${obstacleText(one)}`);
    case 'published': {
      const { differences } = examined;
      if (differences.length === 0) return ['It is published as the file has it.'];
      return ['It is published, and differs:', ...differenceLines(saleId, differences)];
    }
    case 'new': {
      const verdict = examined.tooMuch
        ? [
            'It cannot be published so (--over-limit does it all the same): some would be throttled.',
          ]
        : ['It can be published.'];
      return [...peakLines(examined.peak, buyRate), ...verdict];
    }
  }
}
