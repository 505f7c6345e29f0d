import { Command } from 'commander';
import { accountFacts, gateFacts, saleFacts } from '../adapters/account.ts';
import { siteFacts } from '../adapters/account-site.ts';
import { allSales } from '../adapters/catalogue.ts';
import type { Deployment } from '../adapters/deployment.ts';
import { limitsIn } from '../capacity/limits.ts';
import { preflight, type Subject } from '../capacity/preflight.ts';
import { QUOTAS } from '../capacity/preflight-quotas.ts';
import { findSale } from '../domain/catalogue.ts';
import { findDraft } from '../domain/draft.ts';
import { resolve } from '../domain/planned-sale.ts';
import type { Line } from '../domain/preflight-line.ts';
import { busiestWith } from '../domain/preflight-sale.ts';
import type { Sale } from '../domain/sale.ts';
import { jsonOption, type Output, print } from './output.ts';
import { closingLine, objectOf, textOf } from './preflight-lines.ts';
import { withProgress } from './progress.ts';
import { outputsOption, type Reach, reach } from './reach.ts';
import { positiveCount } from './whole-number.ts';

type Options = Reach & Output & { readonly shoppers?: number };

/** `preflight SALE`: what the account and the deployment have, beside what a sale needs. Exit status 1 when a line fails. */
export const preflightCommand = () =>
  new Command('preflight')
    .description(
      'compares a published or drafted sale with what the account and the deployment have, line by line; changes nothing',
    )
    .argument('<sale>', 'id of the sale')
    .option('--shoppers <n>', 'how many come, where more come than its file expects', positiveCount)
    .addOption(jsonOption())
    .addOption(outputsOption())
    .addHelpText(
      'after',
      `
Each line passes, warns, fails, or cannot be judged here, and says why: a local stack has no quotas, and
credentials may lack a permission. docs/preflight.md has a heading for each line, and the policy that it needs.
What it makes of AWS is tested against answers transcribed from AWS's documentation, not against an account.`,
    )
    .action(async (saleId: string, options: Options) => {
      const deployed = reach(options);
      const lines = await withProgress(`Preflight of "${saleId}"`, () =>
        looked(deployed, saleId, options.shoppers),
      );
      const region = await deployed.db.config.region();
      const object = { saleId, ...objectOf(lines, region) };
      print(options, object, [...textOf(lines, region), '', closingLine(lines)].join('\n'));
      if (!object.isReady) process.exitCode = 1;
    });

async function looked(
  deployed: Deployment,
  saleId: string,
  shoppers: number | undefined,
): Promise<readonly Line[]> {
  const { outputs, clock, db, tables, buyRate } = deployed;
  const subject = await subjectOf(deployed, saleId);
  const [account, gate, site, published, region] = await Promise.all([
    accountFacts(deployed, QUOTAS),
    gateFacts(deployed),
    siteFacts(outputs.SiteUrl, saleId, clock),
    allSales(db, tables.catalogue),
    db.config.region(),
  ]);
  return preflight({
    ...{ subject, account, gate, site, shoppers, buyRate },
    others: busiestWith(subject.sale, published),
    limits: limitsIn(region),
    guests: outputs.Guests,
    issuer: outputs.OidcIssuer ?? 'none',
    mostWarm: Number(outputs.MostWarm ?? 0),
    now: clock(),
  });
}

async function subjectOf(deployed: Deployment, saleId: string): Promise<Subject> {
  const sale = await findSale(deployed.store, saleId);
  if (sale !== undefined) {
    return { kind: 'published', sale, facts: await saleFacts(deployed, sale) };
  }
  const draft = await findDraft(deployed.store, saleId);
  if (draft === undefined) {
    throw new Error(`Cannot look ahead for "${saleId}": there is no such sale, and no draft of it`);
  }
  return { kind: 'draft', sale: await resolved(deployed, saleId, draft.sale) };
}

async function resolved(
  { store }: Deployment,
  saleId: string,
  planned: Parameters<typeof resolve>[1],
): Promise<Sale> {
  const made = await resolve(store, planned);
  if ('sale' in made) return made.sale;
  const skus = made.obstacles.map(({ sku }) => sku).join(', ');
  throw new Error(
    `Cannot look ahead for "${saleId}": the draft cannot be published because of ${skus}; see check`,
  );
}
