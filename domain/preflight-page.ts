/** @module Preflight of what shoppers load: the page, its data, the flag; and of the clocks. */

import type { Answer, PageFacts } from './preflight-facts.ts';
import { isSame } from './preflight-gate.ts';
import {
  type Judged,
  type Learnt,
  type Line,
  type LineId,
  line,
  passIf,
} from './preflight-line.ts';
import type { PublishedSale } from './sale.ts';
import type { EpochMs } from './units.ts';

/** Files that change may be a second old. */
const BRIEFLY_S = 1;

/** Above, what this machine calls now is not what shoppers call now. */
const CLOCK_WARNS_MS = 2000;

/** Above, whatever this machine schedules is in another minute. */
const CLOCK_FAILS_MS = 60_000;

const AGAIN = 'Publish the file again: it writes the page’s files.';

const isTold = ({ status }: Answer): boolean => status === 200;

/** Lines of what a browser loads. What nobody answers is missing: a shopper sees no more than this machine does. */
function loaded(
  id: LineId,
  needed: string,
  fact: Learnt<Answer>,
  judge: (answer: Answer) => Judged,
): Line {
  if (fact.kind === 'unknown') {
    const advice = 'Look at the distribution, and at the way from here to it.';
    return { id, needed, verdict: 'fail', found: fact.why, advice };
  }
  const { headers, status } = fact.value;
  if (headers['x-amzn-waf-action'] !== undefined) {
    const found = 'AWS WAF asks for a proof that only browsers give: open it in one';
    return { id, needed, verdict: 'not-judged', found };
  }
  if (!isTold(fact.value)) {
    return { id, needed, verdict: 'fail', found: `it answers ${status}`, advice: AGAIN };
  }
  return { id, needed, ...judge(fact.value) };
}

/** The page itself, which is the same for every sale. */
export const pageLine = (fact: Learnt<Answer>): Line =>
  loaded('page', 'status 200 and HTML', fact, ({ headers }) => {
    const type = headers['content-type'] ?? 'no type';
    return passIf(
      type.startsWith('text/html'),
      type,
      'Deploy the edge stack: it uploads the site.',
    );
  });

/** Catalogue data as the sale has it now. */
export const dataLine = (wanted: object, fact: Learnt<Answer>): Line =>
  loaded(
    'page-data',
    `the sale as in the catalogue, ${BRIEFLY_S} s old at most`,
    fact,
    (answer) => {
      if (!isBrief(answer)) return { verdict: 'fail', found: cacheText(answer), advice: AGAIN };
      const isRight = isSame(parsed(answer.body), JSON.parse(JSON.stringify(wanted)));
      return passIf(isRight, isRight ? 'the same' : 'another sale than in the catalogue', AGAIN);
    },
  );

/** Whether the storefront shows the sale. */
export const listLine = ({ id, opensAt }: PublishedSale, fact: Learnt<Answer>): Line =>
  loaded('page-list', 'the sale among them, with its opening', fact, ({ body }) => {
    const { sales = [] } = (parsed(body) ?? {}) as { sales?: readonly Listed[] };
    const found = sales.find((one) => one.id === id);
    if (found === undefined) return { verdict: 'fail', found: 'it is not listed', advice: AGAIN };
    const isRight = found.opensAtEpochMs === opensAt;
    return passIf(isRight, isRight ? 'listed' : 'listed with another opening', AGAIN);
  });

type Listed = { readonly id?: string; readonly opensAtEpochMs?: number };

type Flag = {
  readonly saleStarted?: boolean;
  readonly saleEnded?: boolean;
  readonly doorKey?: string;
};

/** The version of `sale.js` that is right now. The closed one must not live long: an edge would keep it over the opening. */
export function flagLine(sale: PublishedSale, fact: Learnt<Answer>, now: EpochMs): Line {
  const isEarly = now < sale.opensAt;
  const needed = isEarly ? `closed, ${BRIEFLY_S} s old at most` : 'open, with the door key';
  return loaded('flag', needed, fact, (answer) => {
    const state = stateOf(flagIn(answer.body), sale);
    if (!isEarly) {
      return passIf(state === 'open', state, 'Invoke the function open, or publish again.');
    }
    if (state !== 'closed')
      return { verdict: 'fail', found: `${state} before the opening`, advice: AGAIN };
    return passIf(isBrief(answer), `closed, ${cacheText(answer)}`, AGAIN);
  });
}

function stateOf(flag: Flag | undefined, { doorKey }: PublishedSale): string {
  if (flag === undefined) return 'unreadable';
  if (flag.saleEnded) return 'ended';
  if (!flag.saleStarted) return 'closed';
  return flag.doorKey === doorKey ? 'open' : 'open with another door key';
}

/** `window.flashSale={…};` */
const flagIn = (body: string): Flag | undefined =>
  parsed(/^window\.flashSale=(\{.*\});\s*$/.exec(body)?.[1] ?? '') as Flag | undefined;

function parsed(text: string): object | undefined {
  try {
    return JSON.parse(text) as object;
  } catch {
    return undefined;
  }
}

const cacheText = ({ headers }: Answer): string => headers['cache-control'] ?? 'no cache-control';

/** Whether neither edges nor browsers keep it for longer. */
function isBrief(answer: Answer): boolean {
  const ages = [...cacheText(answer).matchAll(/(?:s-maxage|max-age)=(\d+)/g)];
  return ages.length > 0 && ages.every(([, seconds]) => Number(seconds) <= BRIEFLY_S);
}

/** How far this machine's clock is from the edge's. */
export function clockLine(fact: PageFacts['clock']): Line {
  const needed = `within ${CLOCK_WARNS_MS / 1000} s of the edge`;
  return line('clock', needed, fact, ({ aheadMs, errorMs }): Judged => {
    const off = Math.max(0, Math.abs(aheadMs) - errorMs);
    const way = aheadMs > 0 ? 'ahead' : 'behind';
    const found = `${Math.round(Math.abs(aheadMs))} ms ${way}, give or take ${Math.round(errorMs)}`;
    const advice =
      'Let this machine keep network time (NTP): what it schedules is in its own time.';
    if (off > CLOCK_FAILS_MS) return { verdict: 'fail', found, advice };
    return off > CLOCK_WARNS_MS ? { verdict: 'warn', found, advice } : { verdict: 'pass', found };
  });
}
