import { createHash } from 'node:crypto';
import { Command } from 'commander';
import type { Deployment } from '../adapters/deployment.ts';
import { buyerKeys } from '../adapters/hmac.ts';
import { shopperId } from '../adapters/identity.ts';
import { forget, type OpenOrder } from '../domain/forget.ts';
import { type Changing, change, changing } from './changing.ts';
import { print } from './output.ts';
import { withProgress } from './progress.ts';
import { reach } from './reach.ts';
import { instant } from './sale-now.ts';

type Options = Changing & { readonly issuer?: string };

/** As sessions have it: a guest, or somebody whom an issuer knows. */
const SHOPPER_ID = /^[gi]-[A-Za-z0-9_-]{22}$/;

/** `forget USER`: erases what is known of a person. */
export const forgetCommand = () =>
  changing(
    new Command('forget')
      .description('erases the id, contact and traces of a shopper from all orders; safe to repeat')
      .argument('<user>', "a shopper id (i-… or g-…), or the subject (sub) of the issuer's tokens")
      .option(
        '--issuer <url>',
        'the issuer that knows the subject (default: that of the deployment)',
      )
      .addHelpText(
        'after',
        `
Orders and money stay in the books, under a pseudonym. Orders that are still open keep their shopper until they
are paid or have expired: the command says until when, and is to be repeated then. The log of operators keeps a
hash of the id alone. What else holds personal data for some time (access logs, backups): docs/money.md.`,
      ),
  ).action(async (user: string, options: Options) => {
    const deployed = reach(options);
    const shopper = SHOPPER_ID.test(user) ? user : shopperId(issuerOf(deployed, options), user);
    const hash = createHash('sha256').update(shopper).digest('hex').slice(0, 16);
    const changes = [
      `Who shopper ${hash} (a hash) is, their contact and traces are erased from all orders.`,
      'It cannot be undone; orders and money stay in the books.',
    ];
    const outcome = await change(
      deployed,
      options,
      { what: 'forget', detail: { shopperHash: hash }, changes },
      () =>
        withProgress('Forgetting', async () =>
          forget(
            { ...deployed, buyerKeys },
            await deployed.catalogue.sales(),
            shopper,
            deployed.clock(),
          ),
        ),
    );
    print(options, { ...outcome, shopperHash: hash }, `Erased: ${outcome.erased} orders`);
    if (outcome.kind === 'open') throw new Error(openText(outcome.open));
  });

function issuerOf({ outputs }: Deployment, { issuer = outputs.OidcIssuer ?? 'none' }: Options) {
  if (issuer !== 'none') return issuer;
  throw new Error(
    'Cannot compute the id of a subject: this deployment has no identity issuer; name one with --issuer, or give the shopper id',
  );
}

const openText = (open: readonly OpenOrder[]): string =>
  [
    'Cannot forget all of it yet: these orders are open, and need their shopper until they are decided',
    ...open.map(({ orderId, until }) => `  ${orderId} until ${instant(until)} at the latest`),
  ].join('\n');
