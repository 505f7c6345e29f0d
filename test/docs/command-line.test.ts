/** The commands as a whole: documented, alike, and each with an example that can be typed. */

import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import type { Command } from 'commander';
import { commandsIn, EXAMPLES, nameOf } from '../../cli/examples.ts';
import { programFor } from '../../cli/sale.ts';
import { commandLineDocument } from './command-line-document.ts';

const program = await programFor();

const commands = commandsIn(program).map((command) => [nameOf(command), command] as const);

/** They reach no deployment. */
const ALONE = new Set(['plan', 'code']);

/** They look, and change nothing; `reconcile` does what each night does, which nobody is asked about. */
const READING = new Set([
  ...['plan', 'products', 'drafts list', 'drafts show', 'check', 'code', 'preflight', 'list'],
  ...['show', 'watch', 'audit', 'reconcile', 'export', 'slots', 'suspects', 'log'],
]);

/** Its formats are tables. */
const NO_OBJECT = new Set(['export']);

const has = (command: Command, long: string): boolean =>
  command.options.some((option) => option.long === long);

describe('the command line', () => {
  test('is as docs/command-line.md says: made by node test/docs/write-command-line.ts', async () => {
    expect(readFileSync('docs/command-line.md', 'utf8')).toBe(await commandLineDocument());
  });

  test.each(commands)(
    '%s takes --outputs and --json, and --yes if it changes something',
    (name, command) => {
      expect(has(command, '--outputs')).toBe(!ALONE.has(name));
      expect(has(command, '--json')).toBe(!NO_OBJECT.has(name));
      expect(has(command, '--yes')).toBe(!READING.has(name));
    },
  );

  test.each(commands)(
    '%s belongs to a group, says what it does, and has an example',
    (name, command) => {
      let top = command;
      while (top.parent?.parent) top = top.parent;
      expect(top.helpGroup()).toMatch(/^[A-Z].*:$/);
      expect(command.description()).toMatch(/^[a-z]/);
      expect(EXAMPLES[name]).toBeDefined();
    },
  );

  test('has no example of a command that there is not', () => {
    const names = commands.map(([name]) => name);
    expect(Object.keys(EXAMPLES).filter((name) => !names.includes(name))).toEqual([]);
    expect([...ALONE, ...READING].filter((name) => !names.includes(name))).toEqual([]);
  });

  const examples = commands.flatMap(([name, command]) =>
    (EXAMPLES[name] ?? []).map((example) => [example, command] as const),
  );

  test.each(examples)('takes its example as it is written: %s', (example, command) => {
    // As a shell takes it, without what is redirected; what the command would do is not done.
    const words = example.replace(/ > .*/, '').split(' ');
    const prefix = nameOf(command).split(' ');
    const isDefault = prefix.length > 1 && words[1] !== prefix[1];
    const args = words.slice(isDefault ? 1 : prefix.length);
    expect(words[0]).toBe(prefix[0]);
    const { operands, unknown } = command.parseOptions(args);
    expect(unknown).toEqual([]);
    const { registeredArguments: taken } = command;
    const least = taken.filter(({ required }) => required).length;
    expect(operands.length).toBeGreaterThanOrEqual(least);
    const isVariadic = taken.some(({ variadic }) => variadic);
    expect(operands.length).toBeLessThanOrEqual(isVariadic ? 99 : taken.length);
  });
});
