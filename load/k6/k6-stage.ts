/** @module What k6 gives the shoppers: requests, proofs of work, metrics. */

// biome-ignore-start lint/correctness/noUndeclaredDependencies: modules of the runtime, not of npm
import { sha256 } from 'k6/crypto';
import { b64encode } from 'k6/encoding';
import { asyncRequest, CookieJar, setResponseCallback } from 'k6/http';
import { Counter, Rate, Trend } from 'k6/metrics';
// biome-ignore-end lint/correctness/noUndeclaredDependencies: as above
import { BROWSER } from '../browser.ts';
import type { Challenge, Solution } from '../challenge.ts';
import type { Send, Stage } from './player.ts';
import { METRICS } from './rules.ts';
import type { Settings } from './settings.ts';
import type { SaleFacts } from './watch.ts';

/** Longer than the API's own limit of 29 s would only keep a dead connection. */
const TIMEOUT_MS = 30_000;

/** So many numbers a time: the shopper's other press goes on meanwhile. */
const AT_ONCE = 2_000;

// A refusal is an answer. What counts as an error, `contract.ts` says.
setResponseCallback(null);

const broken = new Rate(METRICS.broken);
const presses = new Counter(METRICS.presses);
const behindGate = new Trend(METRICS.behindGate, true);
const queueLag = new Trend(METRICS.queueLag, true);
const errors = new Rate(METRICS.errors);
const orders = new Counter(METRICS.orders);
const unitsHeld = new Counter(METRICS.unitsHeld);
const unitsPaid = new Counter(METRICS.unitsPaid);
const badPresses = new Counter(METRICS.badPresses);
const untold = new Counter(METRICS.untold);
const arrived = new Trend(METRICS.arrived, true);

/** @param sinceMs How long after the first who could a shopper came */
export const tellArrival = (sinceMs: number): void => arrived.add(sinceMs);

/** A script that failed is a finding, not only a line of the log. */
export function tellScript(error: Error | undefined): void {
  broken.add(error !== undefined, { rule: 'script' });
  if (error) console.error(error.stack ?? error.message);
}

export const stageFor = (settings: Settings, facts: SaleFacts): Stage => ({
  ...{ settings, facts, solve },
  send: sender(settings),
  tell: {
    judge: ({ rule, why }) => {
      broken.add(why !== undefined, { rule });
      if (why !== undefined) console.error(`${rule}: ${why}`);
    },
    press: (code) => presses.add(1, { code }),
    behindGate: (ms) => behindGate.add(ms),
    served: (isError) => errors.add(isError),
    order: () => orders.add(1),
    queueLag: (ms) => queueLag.add(ms),
    answer: (answer) => {
      if (settings.answers) console.log(JSON.stringify(answer));
    },
    left: ({ paid, held }) => {
      unitsPaid.add(paid);
      unitsHeld.add(held);
    },
    untold: () => untold.add(1),
    bad: (kind) => badPresses.add(1, { kind }),
  },
});

/** Cookies are the shopper's own matter: k6 would mix those of two shoppers of one virtual user. */
export function sender({ baseUrl, header }: Pick<Settings, 'baseUrl' | 'header'>): Send {
  const [name = '', value = ''] = header === '' ? [] : header.split(/: (.*)/s);
  const ours: Record<string, string> = { 'user-agent': BROWSER, ...(name && { [name]: value }) };
  return async (asked, method, path, { headers, body } = {}) => {
    const askedMs = performance.now();
    // The provider is another party: it gets no header of ours.
    const isOurs = path.startsWith('/');
    const answer = await asyncRequest(method, isOurs ? `${baseUrl}${path}` : path, body ?? null, {
      headers: isOurs ? { ...ours, ...headers } : { 'user-agent': BROWSER, ...headers },
      // A tag for each address would be one for each order.
      tags: { asked, name: asked },
      jar: new CookieJar(),
      timeout: TIMEOUT_MS,
      redirects: 0,
    });
    const text = answer.body ?? '';
    return {
      ...{ status: answer.status, headers: lowerCase(answer.headers), body: objectIn(text), text },
      ...{ askedMs, tookMs: answer.timings.duration, wasSent: true },
    };
  };
}

const lowerCase = (headers: Readonly<Record<string, string>>) =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));

function objectIn(text: string): Readonly<Record<string, unknown>> {
  if (!text.startsWith('{')) return {};
  try {
    return JSON.parse(text) as Readonly<Record<string, unknown>>;
  } catch {
    return {};
  }
}

async function solve(asked: Challenge): Promise<Solution> {
  const { algorithm, challenge, maxnumber, salt, signature } = asked;
  for (let number = 0; number <= maxnumber; number++) {
    if (sha256(`${salt}${number}`, 'hex') === challenge) {
      const solution = JSON.stringify({ algorithm, challenge, number, salt, signature });
      const [, seconds = '0'] = /[?&]expires=(\d+)/.exec(salt) ?? [];
      return { header: b64encode(solution, 'std'), expires: Number(seconds) * 1000 };
    }
    if (number % AT_ONCE === AT_ONCE - 1) await new Promise<void>((go) => setTimeout(go, 0));
  }
  throw new Error(`Cannot solve challenge "${challenge}": no number up to ${maxnumber} gives it`);
}
