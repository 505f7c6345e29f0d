import { Command } from 'commander';
import type { Deployment } from '../adapters/deployment.ts';
import { printSaleFile } from '../adapters/sale-file.ts';
import { type Draft, dropDraft, findDraft, saveDraft } from '../domain/draft.ts';
import { type Changing, change, changing } from './changing.ts';
import { jsonOption, type Output, print } from './output.ts';
import { plannedLine } from './planned-lines.ts';
import { outputsOption, type Reach, reach } from './reach.ts';
import { readPlanned } from './read-sale.ts';
import { wholeNumber } from './whole-number.ts';

const versionOf = wholeNumber(
  1,
  Number.MAX_SAFE_INTEGER,
  (text) => `${text} is no version: it must be 1 or more`,
);

type Options = Reach & Output;

/** `drafts`: sales that are planned. */
export const draftsCommand = () =>
  new Command('drafts')
    .description('keeps sales that are planned, and not published')
    .addCommand(listing(), { isDefault: true })
    .addCommand(showing())
    .addCommand(saving())
    .addCommand(dropping());

const listing = () =>
  new Command('list')
    .description('lists drafts with their versions')
    .addOption(jsonOption())
    .addOption(outputsOption())
    .action(async (options: Options) => {
      const drafts = await reach(options).catalogue.drafts();
      const lines = drafts.map(({ sale, version }) => `version ${version}: ${plannedLine(sale)}`);
      print(options, { drafts }, lines.length > 0 ? lines.join('\n') : 'There are no drafts');
    });

const showing = () =>
  new Command('show')
    .description('prints a draft as a sale file')
    .argument('<sale>', 'id of the sale')
    .addOption(jsonOption())
    .addOption(outputsOption())
    .action(async (saleId: string, options: Options) => {
      const draft = await draftOf(reach(options), saleId, 'show');
      print(options, draft, printSaleFile(draft.sale).trimEnd());
    });

type Saving = Changing & { readonly version?: number };

const saving = () =>
  changing(
    new Command('save')
      .description('makes a draft of a sale file, or changes one')
      .argument('<file>', 'the sale file')
      .option('--version <number>', 'the version that is changed; without, a new draft', versionOf)
      .addHelpText(
        'after',
        `
A change of a version that is no longer the last one is refused: nobody overwrites what they have not seen.`,
      ),
  ).action(async (file: string, { version = 0, ...options }: Saving) => {
    const sale = readPlanned(file);
    const deployed = reach(options);
    const changes = [plannedLine(sale)];
    const outcome = await change(
      deployed,
      options,
      { what: 'drafts save', saleId: sale.id, detail: { version }, changes },
      () => saveDraft(deployed, sale, version),
    );
    const cannot = `Cannot save the draft of "${sale.id}":`;
    switch (outcome.kind) {
      case 'saved':
        print(options, outcome, `Saved: "${sale.id}", version ${outcome.draft.version}`);
        return;
      case 'stale':
        throw new Error(`${cannot} ${staleText(outcome.draft)}`);
      case 'gone':
        throw new Error(
          `${cannot} there is none of version ${version}; without --version it is new`,
        );
      case 'published':
        throw new Error(`${cannot} the sale is published`);
    }
  });

const dropping = () =>
  changing(
    new Command('drop')
      .description('drops a draft')
      .argument('<sale>', 'id of the sale')
      .option('--version <number>', 'only if this is the last one', versionOf),
  ).action(async (saleId: string, options: Saving) => {
    const deployed = reach(options);
    const draft = await draftOf(deployed, saleId, 'drop');
    const version = options.version ?? draft.version;
    const changes = [`version ${draft.version}: ${plannedLine(draft.sale)}`];
    const outcome = await change(
      deployed,
      options,
      { what: 'drafts drop', saleId, detail: { version }, changes },
      () => dropDraft(deployed.store, saleId, version),
    );
    if (outcome.kind === 'stale') {
      throw new Error(`Cannot drop the draft of "${saleId}": ${staleText(outcome.draft)}`);
    }
    print(options, { ...outcome, id: saleId }, `Dropped: the draft of "${saleId}"`);
  });

const staleText = ({ version }: Draft): string =>
  `the last version is ${version}; look at it, and name it with --version ${version}`;

async function draftOf({ store }: Deployment, saleId: string, verb: string): Promise<Draft> {
  const draft = await findDraft(store, saleId);
  if (draft) return draft;
  throw new Error(`Cannot ${verb} the draft of "${saleId}": there is no such draft`);
}
