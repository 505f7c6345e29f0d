/** @module What all scripts share: options, the look at the sale before anybody comes, shoppers, the summary. */

import './browser-globals.ts';
// biome-ignore-start lint/correctness/noUndeclaredDependencies: modules of the runtime, not of npm
import { SharedArray } from 'k6/data';
import { scenario as current, test } from 'k6/execution';
// biome-ignore-end lint/correctness/noUndeclaredDependencies: as above
import { sleep } from '../patience.ts';
import { BAD_KINDS } from './bad-presses.ts';
import { CONTRACT, PRESS_CODES } from './contract.ts';
import { sender, stageFor, tellArrival, tellScript } from './k6-stage.ts';
import { lookAhead } from './look-ahead.ts';
import { type Player, playerFor, type Stage } from './player.ts';
import { type K6Summary, reportOf, type SetUp } from './report.ts';
import { htmlOf } from './report-html.ts';
import { textOf } from './report-text.ts';
import { GRANTED, REPEATED, SILENT, thresholdsOf } from './rules.ts';
import { type ScenarioName, type Settings, settingsFrom } from './settings.ts';
import { refuseTooFew, tokenIndex, tokensIn } from './tokens.ts';
import { shareOf } from './turnout.ts';
import type { SaleFacts } from './watch.ts';

/** Openings that are further away are waited for elsewhere. */
const SETUP_TIMEOUT = '15m';

/** How often the sale is looked at while its opening is waited for. */
const LOOK_AGAIN_MS = 2_000;

/** One of k6's scenarios. */
type Executor = Readonly<Record<string, unknown>> & { readonly exec: string };

export type Run = {
  readonly settings: Settings;
  options(scenarios: Readonly<Record<string, Executor>>): unknown;
  /** Looks at the sale, and waits until the first shoppers come. */
  setup(): Promise<SetUp>;
  /** A shopper in a role; `index` tells those of one role apart. */
  player(facts: SaleFacts, role: string, index: number): Player;
  /** Notes that somebody has come now. */
  arrive(): void;
  /** Plays a piece of a script; one that fails is a finding. */
  play(what: () => Promise<unknown>): Promise<void>;
  handleSummary(data: K6Summary): Readonly<Record<string, string>>;
};

export function runOf(scenario: ScenarioName): Run {
  const settings = settingsFrom(__ENV, scenario);
  const tokens = new SharedArray('tokens', () =>
    settings.tokens === '' ? [] : [...tokensIn(open(settings.tokens))],
  );
  refuseTooFew(settings, tokens.length);
  let stage: Stage | undefined;
  return {
    settings,
    options: (scenarios) => ({
      scenarios,
      thresholds: thresholdsOf(settings, {
        codes: [GRANTED, REPEATED, SILENT, ...PRESS_CODES],
        asked: [...Object.keys(CONTRACT), 'provider'],
        kinds: scenario === 'abuse' ? BAD_KINDS : [],
      }),
      setupTimeout: SETUP_TIMEOUT,
      // Each shopper is a browser of its own, that looks the name up itself: so AWS asks of load tests of CloudFront.
      noVUConnectionReuse: true,
      dns: { ttl: '10s', select: 'roundRobin' },
      systemTags: ['status', 'method', 'name', 'scenario', 'error_code'],
      summaryTrendStats: ['min', 'med', 'avg', 'p(95)', 'p(99)', 'max', 'count'],
    }),
    async setup() {
      for (;;) {
        const found = await lookAhead(settings, sender(settings), tokens[0]);
        if (found.kind === 'refused') return test.abort(found.why);
        if (found.waitMs <= LOOK_AGAIN_MS) {
          await sleep(found.waitMs);
          return { ...found.facts, share: shareOf(test.options.executionSegment) };
        }
        // Clocks drift apart, and one of a stack on this machine is moved: the last look counts.
        await sleep(Math.min(found.waitMs - LOOK_AGAIN_MS, LOOK_AGAIN_MS));
      }
    },
    player(facts, role, index) {
      stage ??= stageFor(settings, facts);
      return playerFor(stage, role, index, tokens[tokenIndex(settings, role, index)]);
    },
    arrive: () => tellArrival(Date.now() - current.startTime),
    async play(what) {
      try {
        await what();
        tellScript(undefined);
      } catch (error) {
        tellScript(error as Error);
      }
    },
    handleSummary(data) {
      const report = reportOf(settings, data);
      const path = `${settings.out}/${scenario}`;
      return {
        stdout: `${textOf(report)}\n`,
        [`${path}.txt`]: `${textOf(report)}\n`,
        [`${path}.json`]: `${JSON.stringify(report, null, 2)}\n`,
        [`${path}.html`]: htmlOf(report),
      };
    },
  };
}
