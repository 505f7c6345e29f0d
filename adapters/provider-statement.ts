/** @module The payment provider's statement, page by page, in the sandbox's protocol. */

import type { ProviderStatement } from '../domain/ports.ts';
import type { StatementLine } from '../domain/statement.ts';
import type { EpochMs } from '../domain/units.ts';
import { mac } from './hmac.ts';

/** How long the provider has for a page. */
const PAGE_MS = 10_000;

/** A page that does not come is asked for so often: the next reconciliation is a night away. */
const TRIES = 3;

/** A line as the provider writes it. */
type Stated = {
  readonly kind: 'payment' | 'refund';
  readonly reference: string;
  readonly orderId: string;
  readonly amountMinor: number;
  readonly currency: string;
  readonly atEpochMs: EpochMs;
};

type Page = { readonly lines: readonly Stated[]; readonly next?: string };

export const providerStatement = (url: string, key: () => Promise<string>): ProviderStatement => ({
  async *statement(from, to) {
    const authorization = `Bearer ${mac(await key(), 'api.v1')}`;
    let after: string | undefined = '';
    while (after !== undefined) {
      const query = new URLSearchParams({ from: String(from), to: String(to), after });
      const page: Page = pageIn(await read(`${url}/v1/statement?${query}`, authorization));
      yield page.lines.map(lineOf);
      if (page.next === after) throw new Error(`${CANNOT}: page "${after}" follows itself`);
      after = page.next;
    }
  },
});

const CANNOT = "Cannot read the payment provider's statement";

async function read(url: string, authorization: string): Promise<unknown> {
  for (let tries = 1; ; tries++) {
    try {
      const response = await fetch(url, {
        headers: { authorization },
        signal: AbortSignal.timeout(PAGE_MS),
      });
      if (response.ok) return await response.json();
      throw new Error(`it answered ${response.status}`);
    } catch (cause) {
      if (tries < TRIES) continue;
      throw new Error(`${CANNOT}: ${(cause as Error).message}`, { cause });
    }
  }
}

/** What cannot be read must not pass for a statement on which nothing stands. */
function pageIn(answer: unknown): Page {
  const { lines, next } = (answer ?? {}) as Partial<Record<keyof Page, unknown>>;
  if (!Array.isArray(lines) || (next !== undefined && typeof next !== 'string')) {
    throw new Error(`${CANNOT}: it answered no page`);
  }
  const wrong = lines.findIndex((line) => !isStated(line));
  if (wrong >= 0) {
    throw new Error(`${CANNOT}: line ${wrong + 1} of a page is neither payment nor refund`);
  }
  return { lines, ...(next !== undefined && { next }) };
}

function isStated(line: Partial<Record<keyof Stated, unknown>> | null): line is Stated {
  return (
    (line?.kind === 'payment' || line?.kind === 'refund') &&
    [line.reference, line.orderId, line.currency].every((one) => typeof one === 'string') &&
    [line.amountMinor, line.atEpochMs].every((one) => Number.isSafeInteger(one))
  );
}

const lineOf = ({ amountMinor: amount, atEpochMs: at, ...rest }: Stated): StatementLine => ({
  ...{ kind: rest.kind, reference: rest.reference, orderId: rest.orderId },
  ...{ amount, currency: rest.currency, at },
});
