/**
 * @module
 * `npm run test:emulator`: the same journey on an emulator of AWS and on our own local stack, so that each checks the
 * other. `AWS_ENDPOINT_URL` names an emulator that runs; without it, MiniStack is installed and started.
 *
 * Exit status: 0 when nothing failed, 1 when something did, 2 for bad usage.
 */

import { rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { compare } from './agreement.ts';
import { synthesise } from './assembly.ts';
import { openEmulator } from './emulator-place.ts';
import type { Seen } from './http-probes.ts';
import { journey } from './journey.ts';
import { openLocal } from './local-place.ts';
import { installMiniStack, type MiniStack, startMiniStack } from './ministack.ts';
import type { Place, Run } from './place.ts';
import { Report, StepFailed, type Steps } from './report.ts';

/** Lines of an emulator's log that are shown after a failure. */
const SHOWN_LINES = 40;

const PLACES = ['emulator', 'local'] as const;

type PlaceName = (typeof PLACES)[number];

const USAGE = `npm run test:emulator [-- --only ${PLACES.join('|')}]`;

/** The places that are asked for, or nothing where that cannot be read. */
function placesFrom(args: string[]): readonly PlaceName[] | undefined {
  try {
    const { values } = parseArgs({ args, options: { only: { type: 'string' } } });
    const { only } = values;
    const chosen = PLACES.filter((name) => only === undefined || name === only);
    return chosen.length > 0 ? chosen : undefined;
  } catch {
    return undefined;
  }
}

async function main(places: readonly PlaceName[]): Promise<number> {
  const report = new Report(console.log);
  const folder = await mkdtemp(join(tmpdir(), 'flash-sale-emulator-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  const run: Run = { report, folder, assembly: join(folder, 'cdk.out') };
  try {
    await report.at('both').step('synthesise', 150, () => synthesise(run.assembly).then(() => {}));
    // At the same time: both wait for schedules most of it.
    const seen = await Promise.all(places.map((name) => VISITS[name](run, report.at(name))));
    const [emulator, local] = seen;
    if (emulator !== undefined && local !== undefined) {
      await agree(report.at('both'), { emulator, local });
    }
  } catch (error) {
    if (!(error instanceof StepFailed)) throw error;
  }
  console.log(`\n${report.closing()}`);
  return report.counts.failed === 0 ? 0 : 1;
}

/** What differs is a defect of one of the two; what differs at an emulator that nobody has looked at is only told. */
async function agree(steps: Steps, seen: Readonly<Record<PlaceName, Seen>>): Promise<void> {
  const { alike, asked, complaints } = compare(seen);
  if (isGiven()) for (const complaint of complaints) steps.skipped('agree', complaint);
  await steps.step('agree', 10, async () => {
    if (complaints.length > 0 && !isGiven()) throw new Error(complaints.join('\n    '));
    return `${alike} of ${asked} answers are alike`;
  });
}

/** Whether the emulator is one that runs already. */
const isGiven = (): boolean => process.env['AWS_ENDPOINT_URL'] !== undefined;

/** Nothing where it did not come to its end. */
type Visit = (run: Run, steps: Steps) => Promise<Seen | undefined>;

const VISITS: Readonly<Record<PlaceName, Visit>> = {
  emulator: (run, steps) =>
    guarded(run, steps, async (log) => {
      const given = process.env['AWS_ENDPOINT_URL'];
      const emulator = given === undefined ? await startOwn(run, steps) : undefined;
      log.lines = () => emulator?.log() ?? [];
      try {
        return await stay(
          run,
          await openEmulator(run, steps, emulator?.url ?? given ?? ''),
          'emulator',
        );
      } finally {
        await emulator?.stop();
      }
    }),
  local: (run, steps) =>
    guarded(run, steps, async (log) => {
      const lines: string[] = [];
      log.lines = () => lines;
      return stay(run, await openLocal(run, steps, (line) => lines.push(line)), 'local');
    }),
};

async function startOwn({ folder }: Run, steps: Steps): Promise<MiniStack> {
  await steps.step('install MiniStack', 600, installMiniStack);
  return steps.step('start MiniStack', 90, () => startMiniStack(folder));
}

/** Closes the place in any case; a failure on the way there is the one that counts. */
async function stay(
  run: Run,
  place: Place & { close(): Promise<void> },
  name: PlaceName,
): Promise<Seen> {
  let seen: Seen;
  try {
    seen = await journey(run, place, name);
  } catch (error) {
    await place.close().catch(() => {});
    throw error;
  }
  await place.close();
  return seen;
}

/** One place's failure does not end the other; what the emulator said last is shown. */
async function guarded(
  { report }: Run,
  steps: Steps,
  visit: (log: { lines: () => readonly string[] }) => Promise<Seen>,
): Promise<Seen | undefined> {
  const log = { lines: (): readonly string[] => [] };
  try {
    return await visit(log);
  } catch (error) {
    if (!(error instanceof StepFailed)) {
      await steps.step('go on', 1, () => Promise.reject(error)).catch(() => {});
    }
    report.quote('its last lines', log.lines().slice(-SHOWN_LINES));
    return undefined;
  }
}

// Only a process that ends by itself ends what it has started.
process.once('SIGINT', () => process.exit(130));
process.once('SIGTERM', () => process.exit(143));
const places = placesFrom(process.argv.slice(2));
if (places === undefined) console.error(USAGE);
process.exitCode = places === undefined ? 2 : await main(places);
