import { Command, InvalidArgumentError } from 'commander';
import type { Deployment } from '../adapters/deployment.ts';
import { readInstant } from '../adapters/sale-file-time.ts';
import { findSale } from '../domain/catalogue.ts';
import { EXTEND_SECONDS, type ExtendOutcome, extend } from '../domain/closing.ts';
import { peakWith } from '../domain/rates.ts';
import { type Changing, change, changing } from './changing.ts';
import { print } from './output.ts';
import { reach } from './reach.ts';
import { instant, saleLine, saleNow } from './sale-now.ts';

type Options = Changing & { readonly until: number };

function untilOf(text: string): number {
  const read = readInstant(text);
  if (read !== undefined) return read.at;
  throw new InvalidArgumentError(
    `${text} is no instant: it must be as in a sale file, such as 2026-11-27T22:30:00+01:00`,
  );
}

/** `extend SALE --until INSTANT`: closes later. */
export const extendCommand = () =>
  changing(
    new Command('extend')
      .description(
        `has a sale close later, up to 30 days beyond its file; at least ${EXTEND_SECONDS} s before it closes; safe to repeat`,
      )
      .argument('<sale>', 'id of the sale')
      .requiredOption('--until <instant>', 'the new closing', untilOf)
      .addHelpText(
        'after',
        `
Late payments, sweeps and reconciliation move with the closing. An earlier closing there is not: see close.`,
      ),
  ).action(async (saleId: string, options: Options) => {
    const deployed = reach(options);
    const { until } = options;
    const overview = await saleNow(deployed, saleId, 'extend');
    const changes = [
      saleLine(overview),
      `It closes at ${instant(until)} instead of ${instant(overview.closesAtEpochMs)}.`,
      ...(await crowdLines(deployed, saleId, until)),
    ];
    const detail = { until: instant(until) };
    const outcome = await change(
      deployed,
      options,
      { what: 'extend', saleId, detail, changes },
      () => extend(deployed, saleId, until),
    );
    if (outcome.kind !== 'extended') throw impossible(saleId, until, outcome);
    const text = `Extended: "${saleId}" closes at ${instant(until)}; the edges hear of it within half a minute`;
    print(options, outcome, text);
  });

/** What is let through beside the sales that it overlaps now, where that is too much. */
async function crowdLines(
  { store, catalogue, buyRate = Number.POSITIVE_INFINITY }: Deployment,
  saleId: string,
  until: number,
): Promise<readonly string[]> {
  const sale = await findSale(store, saleId);
  if (sale === undefined) return [];
  const { perSecond, rates } = peakWith({ ...sale, closesAt: until }, await catalogue.sales());
  if (perSecond <= buyRate) return [];
  const others = rates.filter((rate) => rate.saleId !== saleId).map((rate) => `"${rate.saleId}"`);
  return [
    `With ${others.join(', ')} it lets ${perSecond} shoppers a second through, and the buy path only ${buyRate}: some will be throttled.`,
  ];
}

function impossible(
  saleId: string,
  until: number,
  outcome: Exclude<ExtendOutcome, { kind: 'extended' }>,
): Error {
  const why = `Cannot extend "${saleId}" until ${instant(until)}:`;
  switch (outcome.kind) {
    case 'unknown-sale':
      return new Error(`${why} there is no such sale`);
    case 'closed':
      return new Error(`${why} it is over, and what is closed stays closed`);
    case 'unfinished':
      return new Error(`${why} its publishing has stopped half way; publish it again first`);
    case 'not-later':
      return new Error(`${why} it closes at ${instant(outcome.closesAt)}, which is later`);
    case 'too-late':
      return new Error(
        `${why} it closes at ${instant(outcome.closesAt)}, in less than ${EXTEND_SECONDS} s, and the edges need to hear of it`,
      );
    case 'too-far':
      return new Error(`${why} the latest is ${instant(outcome.latest)}, 30 days beyond its file`);
  }
}
