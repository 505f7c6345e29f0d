import { Command, InvalidArgumentError } from 'commander';
import type { Clock } from '../domain/ports.ts';
import { logLine } from './log-lines.ts';
import { jsonOption, type Output, print } from './output.ts';
import { outputsOption, type Reach, reach } from './reach.ts';

type Options = Reach & Output & { readonly day?: string; readonly sale?: string };

const DAY = /^\d{4}-\d{2}-\d{2}$/;

function dayOf(text: string): string {
  if (DAY.test(text) && !Number.isNaN(Date.parse(text))) return text;
  throw new InvalidArgumentError(`"${text}" is no day: it must be like 2026-11-21`);
}

/** `log`: what operators did, oldest first. */
export const logCommand = () =>
  new Command('log')
    .description("prints the operators' log of a day: who, when, what, from where, what came of it")
    .option('--day <day>', 'a UTC day (default: today)', dayOf)
    .option('--sale <sale>', 'only what was done to this sale')
    .addOption(jsonOption())
    .addOption(outputsOption())
    .action(async (options: Options) => {
      const { journal, clock } = reach(options);
      const day = options.day ?? today(clock);
      const all = await journal.read(day);
      const entries = all.filter(({ saleId }) => [undefined, saleId].includes(options.sale));
      const nothing = `Nothing was done on ${day}`;
      const text = entries.length === 0 ? nothing : entries.map(logLine).join('\n');
      print(options, { day, entries }, text);
    });

const today = (clock: Clock): string => new Date(clock()).toISOString().slice(0, 10);
