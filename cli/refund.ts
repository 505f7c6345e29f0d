import { Command } from 'commander';
import type { Deployment } from '../adapters/deployment.ts';
import { moneyDesk } from '../adapters/money-desk.ts';
import { moneyText } from '../adapters/money-text.ts';
import { approveRefund } from '../domain/approve-refund.ts';
import { paymentItemOf, paymentKey } from '../domain/payment-item.ts';
import type { World } from '../domain/process.ts';
import type { RefundEntry } from '../domain/refund-list.ts';
import { type Changing, change, changing } from './changing.ts';
import { print } from './output.ts';
import { withProgress } from './progress.ts';
import { reach } from './reach.ts';
import { instant, saleNow } from './sale-now.ts';
import { type Column, tableLines } from './table.ts';

type Options = Changing & { readonly all?: true };

/** `refund SALE`: what waits; with a reference, or `--all`, it goes back. */
export const refundCommand = () =>
  changing(
    new Command('refund')
      .description('lists payments that wait before they go back, or approves one, or all of them')
      .argument('<sale>', 'id of the sale')
      .argument('[reference]', "the provider's reference of the payment that goes back")
      .option('--all', 'approve all that wait')
      .addHelpText(
        'after',
        `
A payment that came too late, twice, or with another amount goes back at once, unless the sale file says
"refunds": "approval": then it waits here. It can be approved, and not be refused: money is never kept.
Approving again is safe, and goes on where a crash or the provider's silence stopped it.`,
      ),
  ).action(async (saleId: string, reference: string | undefined, options: Options) => {
    const deployed = reach(options);
    await saleNow(deployed, saleId, 'refund payments of');
    const desk = moneyDesk(deployed);
    const all = await desk.refunds.of(saleId);
    const waiting = all.filter(({ refundedAt }) => refundedAt === undefined);
    if (reference === undefined && !options.all) return list(options, saleId, all, waiting);
    const chosen = reference === undefined ? waiting.map((one) => one.reference) : [reference];
    const world = { ...deployed, payments: desk.payments() };
    await approveAll(world, deployed, options, saleId, chosen);
  });

function list(
  options: Options,
  saleId: string,
  all: readonly RefundEntry[],
  waiting: readonly RefundEntry[],
): void {
  const wentBack = all.length - waiting.length;
  const text =
    waiting.length === 0
      ? `Nothing waits in "${saleId}"; ${wentBack} went back`
      : tableLines(COLUMNS, waiting).join('\n');
  print(options, { saleId, waiting, wentBack }, text);
}

const COLUMNS: readonly Column<RefundEntry>[] = [
  { name: 'payment', text: ({ reference }) => reference, isLeft: true },
  { name: 'reason', text: ({ reason }) => reason, isLeft: true },
  { name: 'amount', text: ({ amount, currency }) => moneyText(amount, currency) },
  { name: 'paid at', text: ({ paidAt }) => instant(paidAt), isLeft: true },
  { name: 'order', text: ({ orderId }) => orderId, isLeft: true },
];

type Approved = {
  readonly kind: 'refunded' | 'later';
  readonly refunded: readonly string[];
  /** Approved, and to be approved again: something did not answer. */
  readonly later: readonly string[];
};

async function approveAll(
  world: World,
  deployed: Deployment,
  options: Options,
  saleId: string,
  references: readonly string[],
): Promise<void> {
  if (references.length === 0) {
    print(options, { kind: 'nothing' }, `Nothing waits in "${saleId}"`);
    return;
  }
  const changes = await Promise.all(references.map((one) => intentOf(world, saleId, one)));
  const detail: Record<string, string | number> =
    references.length === 1 ? { payment: references[0] ?? '' } : { payments: references.length };
  const outcome = await change(deployed, options, { what: 'refund', saleId, detail, changes }, () =>
    withProgress('Refunding', async (tell): Promise<Approved> => {
      const refunded: string[] = [];
      const later: string[] = [];
      for (const reference of references) {
        const { kind } = await approveRefund(world, saleId, reference, deployed.clock());
        (kind === 'refunded' ? refunded : later).push(reference);
        tell(`${refunded.length} of ${references.length}`);
      }
      return { kind: later.length === 0 ? 'refunded' : 'later', refunded, later };
    }),
  );
  print(options, outcome, `Refunded: ${outcome.refunded.length} of ${references.length}`);
  if (outcome.kind === 'refunded') return;
  throw new Error(
    `Cannot refund ${outcome.later.join(', ')} just now: queue or provider does not answer; they are approved, do it again`,
  );
}

/** @throws {Error} where no such payment goes back */
async function intentOf({ store }: World, saleId: string, reference: string): Promise<string> {
  const [found] = await store.read([paymentKey(reference)]);
  const item = paymentItemOf(found);
  if (item?.decision !== 'refund' || !item.orderId?.startsWith(`${saleId}.`)) {
    throw new Error(
      `Cannot refund "${reference}": no payment of this reference is to go back in "${saleId}"`,
    );
  }
  const done =
    item.refundedAt === undefined ? '' : `, which went back at ${instant(item.refundedAt)}`;
  return `${moneyText(item.amount, item.currency)} of ${reference} go back (${item.reason})${done}`;
}
