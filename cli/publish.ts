import { Command } from 'commander';
import type { Deployment } from '../adapters/deployment.ts';
import { findSale } from '../domain/catalogue.ts';
import { findDraft } from '../domain/draft.ts';
import { asPlanned, type PlannedSale } from '../domain/planned-sale.ts';
import { plainSale } from '../domain/publish.ts';
import {
  type Examined,
  examine,
  type PublishPlannedOutcome,
  publishPlanned,
} from '../domain/publish-planned.ts';
import { openingAt } from '../domain/sale.ts';
import { type Changing, change, changing } from './changing.ts';
import { print } from './output.ts';
import {
  differenceLines,
  obstacleText,
  peakLines,
  plannedLine,
  shortageText,
} from './planned-lines.ts';
import { reach } from './reach.ts';
import { readPlanned } from './read-sale.ts';
import { instant } from './sale-now.ts';
import { wholeNumber } from './whole-number.ts';

type Options = Changing & {
  readonly draft?: string;
  readonly overLimit?: true;
  readonly opensIn?: number;
};

/** A day: who plans longer ahead writes it into the file. */
const MOST_MINUTES = 24 * 60;

const minutesOf = wholeNumber(
  1,
  MOST_MINUTES,
  (text) => `${text} is no time: it must be 1 to ${MOST_MINUTES} minutes`,
);

/** `publish FILE`, `publish --draft SALE`: makes a sale sellable. */
export const publishCommand = () =>
  changing(
    new Command('publish')
      .description('publishes a sale of a file, or of a draft; safe to repeat')
      .argument('[file]', 'the sale file')
      .option('--draft <sale>', 'the draft of this sale, in place of a file')
      .option('--over-limit', 'although overlapping sales let more through than the buy path takes')
      .option(
        '--opens-in <minutes>',
        'for a rehearsal: opens so soon, whatever the file says, and is open as long',
        minutesOf,
      )
      .addHelpText(
        'after',
        `
A published sale never changes by it: where the file differs, it says which command does what can be done.`,
      ),
  ).action(async (file: string | undefined, options: Options) => {
    const deployed = reach(options);
    const written = await plannedFrom(deployed, file, options.draft);
    const planned = await timed(deployed, written, options.opensIn);
    const overLimit = options.overLimit === true;
    const examined = await examine(deployed, planned);
    const refusal = refusalOf(examined, overLimit);
    if (refusal) throw impossible(deployed, planned, refusal);
    const outcome = await change(
      deployed,
      options,
      {
        ...{ what: 'publish', saleId: planned.id },
        detail: { items: planned.items.length, overLimit },
        changes: changesOf(planned, examined, deployed.buyRate),
      },
      () => publishPlanned(deployed, planned, { overLimit }),
    );
    if (outcome.kind !== 'published') throw impossible(deployed, planned, outcome);
    const url = `${deployed.outputs.SiteUrl}/sales/${planned.id}/`;
    print(options, { kind: 'published', id: planned.id, url }, `Published: ${url}`);
  });

async function plannedFrom(
  { store }: Deployment,
  file: string | undefined,
  id: string | undefined,
): Promise<PlannedSale> {
  if (file !== undefined && id === undefined) return readPlanned(file);
  if (id === undefined || file !== undefined) {
    throw new Error('Cannot publish: name either a sale file or --draft <sale>');
  }
  const draft = await findDraft(store, id);
  if (draft) return draft.sale;
  // Its draft is dropped when a sale is published: whoever repeats that has none any more.
  const published = await findSale(store, id);
  if (published) return asPlanned(plainSale(published));
  throw new Error(`Cannot publish "${id}": there is no such draft`);
}

/** The times of a rehearsal. Where it is published already, it is repeated as it was. */
async function timed(
  { store, clock }: Deployment,
  planned: PlannedSale,
  opensIn: number | undefined,
): Promise<PlannedSale> {
  if (opensIn === undefined) return planned;
  const published = await findSale(store, planned.id);
  return openingAt(planned, published?.opensAt ?? clock() + opensIn * 60_000);
}

type Refusal = Exclude<PublishPlannedOutcome, { readonly kind: 'published' }>;

/** What is known to stand against it before anybody is asked. */
function refusalOf(examined: Examined, overLimit: boolean): Refusal | undefined {
  if (examined.kind === 'impossible') return examined;
  if (examined.kind === 'new') {
    return examined.tooMuch && !overLimit ? { kind: 'too-much', peak: examined.peak } : undefined;
  }
  const { differences } = examined;
  return differences.length > 0 ? { kind: 'differs', differences } : undefined;
}

function changesOf(
  planned: PlannedSale,
  examined: Examined,
  buyRate: number | undefined,
): readonly string[] {
  if (examined.kind !== 'new') {
    return [`"${planned.id}" is published as it is here: what may be missing of it is made.`];
  }
  return [plannedLine(planned), ...peakLines(examined.peak, buyRate)];
}

function impossible({ buyRate }: Deployment, { id, closesAt }: PlannedSale, refusal: Refusal) {
  const cannot = `Cannot publish "${id}":`;
  switch (refusal.kind) {
    case 'impossible':
      return new Error(refusal.obstacles.map((one) => `${cannot} ${obstacleText(one)}`).join('\n'));
    case 'too-much': {
      const lines = peakLines(refusal.peak, buyRate).join('\n');
      return new Error(`${cannot} some would be throttled, see --over-limit\n${lines}`);
    }
    case 'differs': {
      const lines = differenceLines(id, refusal.differences).join('\n');
      return new Error(`${cannot} it is published already, and differs\n${lines}`);
    }
    case 'no-captcha':
      return new Error(
        `${cannot} its access.captcha needs AWS WAF, and this deployment has no web ACL (output "Waf")`,
      );
    case 'closed-already':
      return new Error(`${cannot} it is closed; the closing of the file is ${instant(closesAt)}`);
    default:
      return new Error(`${cannot} ${shortageText(refusal)}`);
  }
}
