import { Command } from 'commander';
import { RESUME_SECONDS, resume } from '../domain/pause.ts';
import { type Changing, change, changing } from './changing.ts';
import { impossibleOn } from './impossible.ts';
import { print } from './output.ts';
import { reach } from './reach.ts';
import { instant, saleLine, saleNow } from './sale-now.ts';
import { wholeNumber } from './whole-number.ts';

type Options = Changing & { readonly in: number };

/** An hour: who needs longer pauses it again. */
const MOST_SECONDS = 3600;

const secondsOf = wholeNumber(
  RESUME_SECONDS,
  MOST_SECONDS,
  (text) =>
    `${text} is no time to resume in: it must be ${RESUME_SECONDS} to ${MOST_SECONDS} seconds, for the edges need to hear of it`,
);

/** `resume SALE`: slots begin again, in the same order. */
export const resumeCommand = () =>
  changing(
    new Command('resume')
      .description('resumes a paused sale: slots begin again in the same order; safe to repeat')
      .argument('<sale>', 'id of the sale')
      .option('--in <seconds>', 'when slots begin', secondsOf, RESUME_SECONDS),
  ).action(async (saleId: string, options: Options) => {
    const deployed = reach(options);
    const changes = [
      saleLine(await saleNow(deployed, saleId, 'resume')),
      `Slots begin again in ${options.in} s, in the same order.`,
    ];
    const intent = { what: 'resume', saleId, detail: { inSeconds: options.in }, changes };
    const outcome = await change(deployed, options, intent, () =>
      resume(deployed, saleId, options.in),
    );
    if (!('slotsFrom' in outcome)) throw impossibleOn('resume', saleId, outcome.kind);
    const from = instant(outcome.slotsFrom);
    print(
      options,
      outcome,
      outcome.kind === 'resumed'
        ? `Resumed: slots of "${saleId}" begin again at ${from}`
        : `"${saleId}" is not paused: its slots began at ${from}`,
    );
  });
