import { Command, InvalidArgumentError } from 'commander';
import { readSuspects, type SuspectsReport } from '../adapters/suspects.ts';
import type { Cluster } from '../domain/suspects.ts';
import { jsonOption, type Output, print } from './output.ts';
import { outputsOption, type Reach, reach } from './reach.ts';

/** Two are a couple at one tablet. */
const LEAST_BUYERS = 3;

type Options = Reach & Output & { readonly least: number };

/** `suspects SALE`: ranks clusters of buyers who may be one. Always exit status 0: a suspicion is no error. */
export const suspectsCommand = () =>
  new Command('suspects')
    .description('ranks clusters of buyers who may be one; reads the whole stock table')
    .argument('<sale>', 'id of the sale')
    .addOption(jsonOption('print one JSON object, with order ids and TLS fingerprints'))
    .option('--least <n>', 'show clusters of so many buyers or more', countOf, LEAST_BUYERS)
    .addOption(outputsOption())
    .action(async (saleId: string, { least, ...options }: Options) => {
      const report = await readSuspects(reach(options), saleId, least);
      print(options, report, textOf(report));
    });

function countOf(text: string): number {
  if (/^[1-9]\d{0,5}$/.test(text) && text !== '1') return Number(text);
  throw new InvalidArgumentError(`"${text}" is no whole number of 2 or more.`);
}

const NEXT = [
  'A cluster is a suspicion: a family, a school or an office can look like one. See docs/suspects.md.',
  'Next: look at its orders (--json); then refund them before they are sent, block for the next sale, or leave it.',
];

const GUESTS =
  'Guests buy here: a session costs them nothing, so that one person can be many buyers.';

/** The report for people; times in UTC. */
export function textOf({ buyers, orders, clusters, least }: SuspectsReport): string {
  const found = clusters.length === 1 ? '1 cluster' : `${clusters.length} clusters`;
  const hasGuests = clusters.some(({ guests }) => guests > 0);
  return [
    `${orders} orders by ${buyers} buyers: ${found} of ${least} buyers or more`,
    ...clusters.flatMap((cluster, index) => ['', ...linesOf(cluster, index + 1)]),
    ...(clusters.length === 0 ? [] : ['', ...NEXT]),
    ...(hasGuests ? [GUESTS] : []),
  ].join('\n');
}

const linesOf = (cluster: Cluster, place: number): string[] => [
  `${place}. score ${cluster.score} = ${cluster.points} points (${cluster.rules.join(', ')}) × ${cluster.units} units`,
  `   ${cluster.buyers} buyers (${cluster.guests} guests), ${cluster.orders} orders, ${cluster.paid} of ${cluster.units} units paid`,
  `   from ${isoOf(cluster.firstAt)} to ${isoOf(cluster.lastAt)}${placesOf(cluster)}`,
];

const isoOf = (instant: number): string => new Date(instant).toISOString();

const placesOf = ({ countries }: Cluster): string =>
  countries.length === 0 ? '' : `, ${countries.join(' ')}`;
