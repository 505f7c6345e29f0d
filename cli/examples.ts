/** @module An example for each command, which its help ends with, and `docs/command-line.md` too. */

import type { Command } from 'commander';

/** What is typed behind `npm run sale --`, by command. */
export const EXAMPLES: Readonly<Record<string, readonly string[]>> = {
  deploy: [
    'deploy --first -- -c stage=prod -c region=eu-central-1',
    'deploy -- -c stage=prod -c region=eu-central-1',
  ],
  import: ['import sales/products.csv'],
  products: ['products', 'products AURORA-42'],
  'drafts list': ['drafts', 'drafts list --json'],
  'drafts show': ['drafts show from-products > sales/changed.json'],
  'drafts save': [
    'drafts save sales/from-products.json',
    'drafts save sales/changed.json --version 1',
  ],
  'drafts drop': ['drafts drop from-products'],
  plan: [
    'plan --shoppers 100000 --units 100 --seconds 60',
    'plan sales/demo.json --svg plan.svg',
    'plan --shoppers 1000000 --units 10000 --rate 5000 --with warmWrites=20000',
    'plan --limits --shoppers 1000000 --units 10000',
  ],
  check: ['check sales/demo.json', 'check sales/from-products.json --outputs .local/outputs.json'],
  code: ['code demo AURORA-2026'],
  publish: [
    'publish sales/demo.json',
    'publish --draft from-products',
    'publish sales/demo.json --opens-in 5',
  ],
  preflight: ['preflight demo', 'preflight demo --shoppers 200000'],
  draw: ['draw fair-draw --value 5f2a'],
  warm: ['warm demo', 'warm demo --tables', 'warm demo --off'],
  list: ['list', 'list --json'],
  show: ['show demo'],
  watch: ['watch demo', 'watch demo --json --seconds 60 > night.ndjson'],
  pause: ['pause demo'],
  resume: ['resume demo --in 90'],
  restock: ['restock demo AURORA-ONE 50', 'restock demo AURORA-ONE 50 --grant 1'],
  extend: ['extend demo --until 2026-11-27T22:30:00+01:00'],
  close: ['close demo'],
  repair: ['repair demo --dry-run', 'repair demo'],
  redrive: [
    'redrive',
    'redrive --queue orders --all',
    'redrive --queue scheduler --message 3f2a --as sweep',
    'redrive --message 3f2a --discard',
  ],
  audit: ['audit demo'],
  reconcile: ['reconcile demo', 'reconcile demo --html demo.html'],
  refund: ['refund demo', 'refund demo pay_1a2b3c', 'refund demo --all --yes'],
  export: ['export demo --file demo.csv', 'export demo --jsonl > demo.jsonl'],
  forget: [
    'forget i-0123456789abcdefghijkl',
    'forget 248289761001 --issuer https://login.example.com',
  ],
  return: ['return from-products'],
  slots: ['slots fair-draw --shopper g-0123456789abcdefghijkl'],
  suspects: ['suspects demo --least 5'],
  log: ['log', 'log --day 2026-11-21 --sale demo'],
  'keys rotate': ['keys rotate'],
  block: ['block', 'block --agent scrapy', 'block --address 203.0.113.7 198.51.100. --remove'],
};

/** Every command that does something, with those that belong to another one: `keys rotate`. */
export const commandsIn = (program: Command): readonly Command[] =>
  program.commands.flatMap((command) =>
    command.commands.length === 0 ? [command] : commandsIn(command),
  );

/** Such as `keys rotate`. */
export function nameOf(command: Command): string {
  const { parent } = command;
  // The program itself has no parent, and its name is what the shell is told.
  return parent?.parent ? `${nameOf(parent)} ${command.name()}` : command.name();
}

/** Ends a command's help with its example. */
export function addExample(command: Command): void {
  const lines = EXAMPLES[nameOf(command)] ?? [];
  const title = lines.length === 1 ? 'Example' : 'Examples';
  const text = lines.map((line) => `  npm run sale -- ${line}`).join('\n');
  if (lines.length > 0) command.addHelpText('after', `\n${title}:\n${text}`);
}
