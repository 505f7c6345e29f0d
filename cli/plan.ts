import { writeFileSync } from 'node:fs';
import { Command, InvalidArgumentError, Option } from 'commander';
import { USUAL } from '../capacity/habits.ts';
import { LIMITS, type LimitName, type Limits, limitsIn } from '../capacity/limits.ts';
import { pictureOf } from '../capacity/picture.ts';
import { type Plan, planFor, planOf } from '../capacity/plan.ts';
import { type Report, reportOf } from '../capacity/report.ts';
import type { StageName } from '../capacity/sizes.ts';
import { studyOf } from '../capacity/study.ts';
import { jsonOption, type Output, print } from './output.ts';
import { limitsText } from './plan-limits-text.ts';
import { LONGEST_SHOWN, planText, shownSeconds } from './plan-text.ts';
import { figure } from './plan-words.ts';
import { positiveCount } from './whole-number.ts';

type Options = Output & {
  readonly shoppers?: number;
  readonly units?: number;
  readonly seconds: number;
  readonly limit: number;
  readonly rate?: number;
  readonly region: string;
  readonly stage: StageName;
  readonly with: Partial<Record<LimitName, number>>;
  readonly svg?: string;
  readonly limits?: true;
};

/** `plan`: what a sale would need, what would become of it, what it would cost. Reaches nothing. */
export const planCommand = () =>
  new Command('plan')
    .description(
      'says what a sale needs of AWS, what would become of it second by second, and what it costs; reaches nothing',
    )
    .argument('[file]', 'a sale file; without one, --shoppers and --units')
    .option('--shoppers <n>', 'how many come', positiveCount)
    .option('--units <n>', 'how many units there are', positiveCount)
    .option('--seconds <n>', 'in which everybody should have an answer', positiveCount, 60)
    .option('--limit <n>', 'units for one shopper', positiveCount, 1)
    .option(
      '--rate <n>',
      'admitted a second, instead of what follows from --seconds',
      positiveCount,
    )
    .option('--region <name>', 'whose quotas are taken', 'us-east-1')
    .addOption(new Option('--stage <name>', 'whose sizes').choices(['dev', 'prod']).default('prod'))
    .option('--with <limit=n>', 'as if a limit were another; repeatable', otherLimit, {})
    .option('--svg <file>', 'writes a picture of the first minutes')
    .option(
      '--limits',
      'says instead what is exceeded first and next, how long answers take, and what more of each would buy',
    )
    .addOption(jsonOption())
    .addHelpText(
      'after',
      `
The model, its sources and what it leaves out: docs/capacity.md. Limits that --with knows:
${Object.keys(LIMITS).join(', ')}`,
    )
    .action(async (file: string | undefined, options: Options) => {
      const plan = await planFrom(file, options);
      const limits = { ...limitsIn(options.region, options.stage), ...options.with };
      const where = `${options.region}, stage ${options.stage}`;
      if (options.limits) return printLimits(options, plan, limits, where);
      const report = reportOf(plan, limits, USUAL);
      if (options.svg !== undefined) writePicture(options.svg, report);
      const { seconds, ...rest } = report;
      const shown = seconds.slice(0, shownSeconds(report));
      print(options, { ...rest, seconds: shown }, planText(report, where));
    });

function printLimits(options: Options, plan: Plan, limits: Limits, where: string): void {
  const { scenes, ...study } = studyOf(plan, limits, USUAL);
  const shown = Object.entries(scenes).map(([name, scene]) => [
    name,
    { ...scene, seconds: scene.seconds.slice(0, LONGEST_SHOWN) },
  ]);
  const object = { ...study, scenes: Object.fromEntries(shown) };
  print(options, object, limitsText({ scenes, ...study }, where));
}

/** @throws {Error} naming the option that is missing */
async function planFrom(file: string | undefined, options: Options): Promise<Plan> {
  const { shoppers, units, seconds, limit, rate } = options;
  if (file !== undefined) return planOfFile(file, options);
  if (shoppers === undefined || units === undefined) {
    throw new Error('Cannot plan: name a sale file, or --shoppers and --units');
  }
  return planFor({
    shoppers,
    units,
    seconds,
    limit,
    ...(rate !== undefined && { perSecond: rate }),
  });
}

async function planOfFile(file: string, { shoppers, units, rate }: Options): Promise<Plan> {
  if (units !== undefined) {
    throw new Error(
      `Cannot plan "${file}" with --units ${units}: the file says how many there are`,
    );
  }
  // A schema takes a while to compile: whoever plans without a file does not wait for it.
  const { readPlanned } = await import('./read-sale.ts');
  const sale = readPlanned(file);
  const perSecond = rate ?? sale.admission.perSecond;
  const plan = planOf({ ...sale, admission: { ...sale.admission, perSecond } }, shoppers);
  if (plan.shoppers > 0) return plan;
  throw new Error(`Cannot plan "${file}": it expects 0 shoppers; say how many with --shoppers`);
}

function writePicture(path: string, report: Report): void {
  const { plan } = report;
  const units = plan.units === 0 ? 'stock without end' : `${figure(plan.units)} units`;
  const title = `${figure(plan.shoppers)} shoppers, ${units}, ${figure(plan.perSecond)} admitted a second`;
  writeFileSync(path, pictureOf(report.seconds, title, shownSeconds(report)));
}

function otherLimit(
  text: string,
  before: Partial<Record<LimitName, number>>,
): Partial<Record<LimitName, number>> {
  const [name = '', value = ''] = text.split('=');
  if (!Object.hasOwn(LIMITS, name)) throw new InvalidArgumentError(`there is no limit "${name}"`);
  return { ...before, [name]: positiveCount(value) };
}
