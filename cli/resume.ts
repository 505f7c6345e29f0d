import { Command, InvalidArgumentError } from 'commander';
import { RESUME_SECONDS, resume } from '../domain/pause.ts';
import { impossibleOn } from './impossible.ts';
import { outputsOption, type Reach, reach } from './reach.ts';

type Options = Reach & { readonly in: number };

/** An hour: who needs longer pauses it again. */
const MOST_SECONDS = 3600;

function secondsOf(text: string): number {
  const seconds = Number(text);
  if (Number.isInteger(seconds) && seconds >= RESUME_SECONDS && seconds <= MOST_SECONDS) {
    return seconds;
  }
  throw new InvalidArgumentError(
    `${text} is no time to resume in: it must be ${RESUME_SECONDS} to ${MOST_SECONDS} seconds, for the edges need to hear of it`,
  );
}

/** `resume SALE`: slots begin again, in the same order. */
export const resumeCommand = () =>
  new Command('resume')
    .description('resumes a paused sale: slots begin again in the same order; safe to repeat')
    .argument('<sale>', 'id of the sale')
    .option('--in <seconds>', 'when slots begin', secondsOf, RESUME_SECONDS)
    .addOption(outputsOption())
    .action(async (saleId: string, { in: inSeconds, ...options }: Options) => {
      const outcome = await resume(reach(options), saleId, inSeconds);
      if (!('slotsFrom' in outcome)) throw impossibleOn('resume', saleId, outcome.kind);
      const from = new Date(outcome.slotsFrom).toISOString();
      console.log(
        outcome.kind === 'resumed'
          ? `Resumed: slots of "${saleId}" begin again at ${from}`
          : `"${saleId}" is not paused: its slots began at ${from}`,
      );
    });
