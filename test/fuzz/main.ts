/**
 * @module
 * `npm run test:fuzz`: thousands of requests generated from docs/openapi.yaml against the local stack, through the gate
 * and around it.
 *
 * Exit status: 0 when nothing was found, 1 when something was, 2 for bad usage, 3 when the fuzzing itself failed.
 */

import { Command, InvalidArgumentError } from 'commander';
import { reportOf } from './report.ts';
import { fuzz, type Options } from './run.ts';
import { startFuzzScene } from './scene.ts';
import { schemathesis } from './schemathesis.ts';

const whole = (text: string): number => {
  const value = Number(text);
  if (Number.isSafeInteger(value) && value >= 0) return value;
  throw new InvalidArgumentError(`${text} is no whole number`);
};

const program = new Command('npm run test:fuzz --')
  .description('Sends requests generated from docs/openapi.yaml, through the gate and around it.')
  .option('--requests <number>', 'how many', whole, 10_000)
  .option('--seed <number>', 'where random choices begin', whole, 1)
  .option('--only <text>', 'only operations that have this in "METHOD /path"', '')
  .action(async (options: Options) => {
    process.exitCode = await main(options);
  });

async function main(options: Options): Promise<0 | 1> {
  const python = await schemathesis();
  const scene = await startFuzzScene();
  try {
    const began = performance.now();
    const result = await fuzz(python, scene, options);
    const { text, isClean } = reportOf(result, options, performance.now() - began);
    console.log(text);
    return isClean ? 0 : 1;
  } finally {
    await scene.stop();
  }
}

program.exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : 2));
program.parseAsync().catch((error: Error) => {
  console.error(error.message.startsWith('Cannot') ? error.message : error);
  process.exit(3);
});
