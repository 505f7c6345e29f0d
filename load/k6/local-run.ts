/** @module One scenario on the local stack: a sale, k6 before it, the payment windows after it, the audit. */

import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type LocalSale, startLocalSale } from '../../cli/local-sale.ts';
import type { Verdict } from '../../domain/audit.ts';
import type { ShopperAnswer } from '../../domain/audit-answers.ts';
import { publish } from '../../domain/publish.ts';
import { sleep } from '../patience.ts';
import { OPENS_IN_MS } from '../run-scenario.ts';
import { startLiar } from './liar.ts';
import { type LocalScenario, saleOf } from './local-sales.ts';
import type { Report } from './report.ts';

export type LocalRunOptions = {
  /** Path of k6. */
  readonly k6: string;
  readonly seconds: number;
  /** A folder for reports and logs. */
  readonly out: string;
  /** Whether somebody between the crowd and the shop tells of two orders where there is one. */
  readonly isLiedTo: boolean;
  /** Whether bars of time count. */
  readonly judgeTime: boolean;
};

export type LocalRun = {
  /** What k6 ended with: 0, 99 where a threshold was crossed, others where it could not run. */
  readonly exit: number;
  readonly report: Report;
  readonly verdict: Verdict;
  /** How many answers to presses the audit was given. */
  readonly answers: number;
  /** What the scripts complained of. */
  readonly complaints: readonly string[];
};

/** What k6 ends with when a threshold was crossed. */
export const CROSSED = 99;

/** The clock stops so long before the first shoppers come: k6 looks again in time. */
const HEAD_START_MS = 3_000;

/** The grace after a payment window, two periods of the sweep, and time for the records to follow. */
const SWEPT_AFTER_MS = 4 * 60_000;

/** Where tickets for another sale come from. */
const OTHER = 'load-other';

/** @throws {Error} where k6 could not play it */
export async function runLocally(
  scenario: LocalScenario,
  options: LocalRunOptions,
): Promise<LocalRun> {
  const sale = saleOf(scenario, Date.now() + OPENS_IN_MS);
  const place = await startLocalSale({ sale });
  const liar = options.isLiedTo ? await startLiar(place.stack.siteUrl) : undefined;
  try {
    await publish(place.deployment, { ...sale, id: OTHER });
    mkdirSync(options.out, { recursive: true });
    const log = `${options.out}/${scenario.name}.log`;
    // k6 writes on where there is one: answers of an earlier sale.
    rmSync(log, { force: true });
    const env: Readonly<Record<string, string>> = {
      ...{ BASE_URL: liar?.url ?? place.stack.siteUrl, SALE: sale.id, OTHER_SALE: OTHER },
      ...{ UNITS: String(scenario.units), PAY: '0.7', LAG_SHARE: '0.2', QUANTITY: '1-2' },
      ...{ JUDGE_TIME: options.judgeTime ? 'yes' : 'no', ANSWERS: 'yes', OUT: options.out },
      ...{ VISIT_SECONDS: '120', ...scenario.env(options.seconds) },
    };
    const playing = play(options.k6, scenario.name, env, log);
    await skipToOpening(place, Number(env['LEAD_SECONDS'] ?? 0) * 1000, playing);
    const exit = await playing;
    if (exit !== 0 && exit !== CROSSED) throw new Error(`Cannot judge: k6 ended with ${exit}`);
    const lines = readFileSync(log, 'utf8').split('\n');
    await letWindowsPass(place);
    const answers = lines.filter(isAnswer).map(answerIn);
    const verdict = await place.audit(answers);
    const json = readFileSync(`${options.out}/${scenario.name}.json`, 'utf8');
    const complaints = lines.filter((line) => line !== '' && !isAnswer(line));
    const report = JSON.parse(json) as Report;
    return { exit, report, verdict, answers: answers.length, complaints };
  } finally {
    await liar?.stop();
    await place.stop();
  }
}

const isAnswer = (line: string): boolean => line.startsWith('{"shopper"');
const answerIn = (line: string): ShopperAnswer => JSON.parse(line) as ShopperAnswer;

/** @returns the exit status */
function play(
  k6: string,
  name: string,
  env: Readonly<Record<string, string>>,
  log: string,
): Promise<number> {
  const script = fileURLToPath(new URL(`${name}.ts`, import.meta.url));
  const args = [
    'run',
    '--quiet',
    '--no-usage-report',
    '--log-format=raw',
    `--console-output=${log}`,
  ];
  return new Promise((resolve, reject) => {
    const child = spawn(k6, [...args, script], {
      // Of this process's variables only what a program needs: another `SALE` or `RATE` may be among them.
      env: { PATH: process.env['PATH'], HOME: process.env['HOME'], ...env },
      stdio: ['ignore', 'inherit', 'inherit'],
    });
    child.once('error', reject);
    child.once('close', (code) => resolve(code ?? 1));
  });
}

/** Once k6 has looked at the sale, and so has started all its virtual users: the rest of the wait is skipped. */
async function skipToOpening(
  { stack, sale }: LocalSale,
  leadMs: number,
  playing: Promise<number>,
): Promise<void> {
  let ended: number | undefined;
  void playing.then((exit) => {
    ended = exit;
  });
  while (!hasLooked(stack)) {
    if (ended !== undefined) throw new Error(`Cannot go on: k6 ended with ${ended} at its start`);
    await sleep(50);
  }
  const ahead = sale.opensAt - leadMs - HEAD_START_MS - stack.clock.now();
  if (ahead > 0) await stack.clock.advance(ahead);
}

/** Whoever looks at the sale before its opening is k6. */
const hasLooked = ({ requests }: LocalSale['stack']): boolean =>
  (requests.functions['Status']?.invocations ?? 0) > 0;

const letWindowsPass = ({ stack, sale }: LocalSale): Promise<void> =>
  stack.clock.advance(sale.paymentWindow * 1000 + SWEPT_AFTER_MS);
