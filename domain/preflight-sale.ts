/** @module Preflight of a sale itself: when it is, who may buy, what else is open then, whether its stock is whole. */

import { findingsOf, PROMISES, type Verdict } from './audit.ts';
import type { StockFacts } from './preflight-facts.ts';
import { figure, type Judged, type Learnt, type Line, line, passIf } from './preflight-line.ts';
import { peakWith } from './rates.ts';
import type { Item, PublishedSale, Sale } from './sale.ts';
import type { EpochMs } from './units.ts';

/** Whether the sale is published, or only planned. */
type Standing = 'published' | 'draft';

/** When the sale is, as seen from now. */
export function saleLine(
  { opensAt, closesAt, paused }: Sale & Pick<PublishedSale, 'paused'>,
  standing: Standing,
  now: EpochMs,
): Line {
  const times = `${instant(opensAt)} to ${instant(closesAt)}`;
  return { id: 'sale', needed: 'published, and not over', ...judged() };

  function judged(): Judged {
    if (now >= closesAt) {
      return {
        verdict: 'fail',
        found: `over since ${instant(closesAt)}`,
        advice: 'Choose another sale.',
      };
    }
    if (standing === 'draft') {
      return {
        verdict: 'warn',
        found: `a draft for ${times}`,
        advice: 'Publish it, and ask again.',
      };
    }
    if (paused) return { verdict: 'warn', found: `paused; ${times}`, advice: 'Resume it.' };
    return { verdict: 'pass', found: now < opensAt ? times : `open, until ${instant(closesAt)}` };
  }
}

/** Whether a limit per shopper means anything. */
export function guestsLine({ items }: Sale, guests: string): Line {
  const needed = 'whoever has a limit is known';
  if (guests !== 'allowed') return { id: 'guests', needed, verdict: 'pass', found: 'refused' };
  const limits = [...new Set(items.map(({ limit }) => limit))].toSorted((a, b) => a - b);
  return {
    id: 'guests',
    needed,
    verdict: 'warn',
    found: `allowed: the limit of ${limits.join(', ')} counts cookies, and a cookie costs nothing`,
    advice: 'Set `guests` to "refused" and name an identity issuer, or live with it.',
  };
}

/** The sales that let shoppers through at a sale's busiest instant, without itself. */
export function busiestWith<T extends Sale>(sale: Sale, all: readonly T[]): readonly T[] {
  const ids = new Set(peakWith(sale, all).rates.map(({ saleId }) => saleId));
  return all.filter(({ id }) => id !== sale.id && ids.has(id));
}

/** What sales admit together at the busiest instant of one, beside what the usage plan of buys lets through. */
export function overlapLine(sale: Sale, others: readonly Sale[], planRate: Learnt<number>): Line {
  const together = [sale, ...others].reduce((sum, { admission }) => sum + admission.perSecond, 0);
  const names = others.map(({ id, admission }) => `"${id}" (${figure(admission.perSecond)}/s)`);
  const found =
    others.length === 0
      ? `none: it admits ${figure(together)}/s alone`
      : `${figure(together)}/s with ${names.join(', ')}`;
  const needed = 'admitted rates fit into the usage plan of buys together';
  if (others.length === 0) return { id: 'overlap', needed, verdict: 'pass', found };
  return line('overlap', needed, planRate, (rate) =>
    passIf(
      together <= rate,
      `${found}; the plan takes ${figure(rate)}/s`,
      'Admit fewer a second, move a sale, or raise `buyThrottle` in `capacity/sizes.ts` and deploy.',
    ),
  );
}

/** Whether each item has the units that were published, and restocks on top. */
export function stockLine({ items }: Sale, facts: Learnt<readonly StockFacts[]>): Line {
  return line('stock', 'shards that sum up to what was published', facts, (stocks) => {
    const flaws = items.flatMap((item) =>
      flawsOf(
        item,
        stocks.find(({ sku }) => sku === item.sku),
      ),
    );
    const shown = items.map(({ sku, units }) => {
      const counted = stocks.find((one) => one.sku === sku)?.counted ?? 0;
      return `${sku} ${units === 'unlimited' ? 'unlimited' : figure(counted)}`;
    });
    return passIf(
      flaws.length === 0,
      flaws.length === 0 ? shown.join(', ') : flaws.join('; '),
      'Publish the file again: it puts what is missing, and nothing twice.',
    );
  });
}

function flawsOf({ sku, units }: Item, stock: StockFacts | undefined): readonly string[] {
  if (stock?.said === undefined) return [`${sku}: there is no live status`];
  const { said, counted, grants } = stock;
  if (units === 'unlimited') return [];
  if (counted !== said) return [`${sku}: shards have ${figure(counted)} of ${figure(said)} units`];
  if (grants === 0 && said !== units) {
    return [`${sku}: ${figure(said)} units, published were ${figure(units)}`];
  }
  return [];
}

/** Whether a promise is broken before anything has been sold. */
export function auditLine(fact: Learnt<Verdict>): Line {
  return line('audit', 'no promise broken', fact, ({ promises }) => {
    const broken = PROMISES.filter((name) => findingsOf(promises[name]).length > 0);
    const kept = PROMISES.filter((name) => promises[name] === true);
    return passIf(
      broken.length === 0,
      broken.length === 0 ? `kept: ${kept.join(', ')}` : `broken: ${broken.join(', ')}`,
      'See what `audit` says, then `repair`.',
    );
  });
}

const instant = (epochMs: EpochMs): string => new Date(epochMs).toISOString();
