/** @module `npm start`: a sale on this machine, until Ctrl-C. */

import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { Command } from 'commander';
import { openingAt } from '../domain/sale.ts';
import { liveLine } from './live-line.ts';
import { type LocalSale, startLocalSale } from './local-sale.ts';
import { LOCAL_OUTPUTS } from './reach.ts';
import { readSale } from './read-sale.ts';
import { wholeNumber } from './whole-number.ts';

/** The sale opens that long after the start, so that there is something to wait for. */
const OPENS_IN_MS = 15_000;

const LINE_EVERY_MS = 2000;

const portOf = wholeNumber(0, 65_535, (text) => `${text} is no port: it must be 0 to 65535`);

type Options = {
  readonly sale: string;
  readonly port: number;
  readonly asWritten?: true;
  readonly signIn?: boolean;
};

const program = new Command('npm start --')
  .description('Runs a sale on this machine, until Ctrl-C.')
  .option('--sale <file>', 'the sale file', 'sales/demo.json')
  .option('--port <number>', 'the port of the page', portOf, portOf(process.env['PORT'] ?? '8080'))
  .option('--as-written', 'open when the file says, not 15 seconds after the start')
  .option('--sign-in', 'let shoppers sign in, at a sandbox identity provider')
  .action(start);

async function start({ sale: file, port, asWritten, signIn = false }: Options): Promise<void> {
  const sale = readSale(file);
  const local = await startLocalSale({
    sale: asWritten ? sale : openingAt(sale, Date.now() + OPENS_IN_MS),
    port,
    signIn,
    operators: true,
    log: console.error,
  });
  await run(local);
}

async function run(local: LocalSale): Promise<void> {
  const { stack, sale, sandbox, identity } = local;
  await mkdir(dirname(LOCAL_OUTPUTS), { recursive: true });
  await writeFile(
    LOCAL_OUTPUTS,
    JSON.stringify({ endpoint: stack.awsUrl, outputs: stack.outputs }),
  );
  console.log(`\n  ${sale.title}\n`);
  console.log(`  Page      ${stack.siteUrl}/sales/${sale.id}/`);
  console.log(`  Operators ${stack.siteUrl}/operator/  (sign in as "olivia")`);
  console.log(`  Payments  ${sandbox.url}`);
  if (identity) console.log(`  Sign-in   ${identity.url}`);
  console.log(`  AWS       AWS_ENDPOINT_URL=${stack.awsUrl}`);
  console.log(`  Opens     ${new Date(sale.opensAt).toLocaleTimeString()}, Ctrl-C ends it\n`);
  const timer = setInterval(() => void liveLine(local).catch(() => {}), LINE_EVERY_MS);
  const stop = async () => {
    clearInterval(timer);
    console.log('\n  Stopping …');
    await local.stop();
    await rm(LOCAL_OUTPUTS, { force: true });
    process.exit(0);
  };
  process.once('SIGINT', () => void stop());
  process.once('SIGTERM', () => void stop());
}

program.parseAsync().catch((error: Error) => {
  console.error(error.message);
  process.exit(1);
});
