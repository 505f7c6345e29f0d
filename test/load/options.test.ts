import { describe, expect, test } from '@jest/globals';
import { parseOptions } from '../../load/options.ts';

function parse(...args: string[]) {
  let said = '';
  const print = (text: string) => {
    said += text;
  };
  return { parsed: parseOptions(args, { out: print, err: print }), said };
}

const NEEDED = ['--sale', 'demo.json', '--shoppers', '10'];

describe('parseOptions()', () => {
  test('fills in what is left out', () => {
    expect(parse(...NEEDED).parsed).toEqual({
      kind: 'options',
      options: {
        sale: 'demo.json',
        shoppers: 10,
        pay: 0.8,
        doubleClick: 0.3,
        quantity: { least: 1, most: 1 },
        seed: 1,
        difficulty: 200,
        json: false,
        url: undefined,
      },
    });
  });

  test('takes a sale that runs in place of a file, and not both, nor neither', () => {
    const running = ['--running', 'shoes', '--shoppers', '10'];
    expect(parse(...running).parsed).toMatchObject({ options: { running: 'shoes' } });
    expect(parse(...running, '--sale', 'demo.json').parsed).toEqual({ kind: 'end', status: 2 });
    expect(parse(...running, '--url', 'http://x').parsed).toEqual({ kind: 'end', status: 2 });
    expect(parse('--shoppers', '10').said).toContain('either --sale <file>, or --running <id>');
  });

  test('takes all options', () => {
    const more = [
      '--pay',
      '0',
      '--double-click',
      '1',
      '--quantity',
      '1-3',
      '--seed',
      '7',
      '--difficulty',
      '0',
      '--json',
    ];
    const { parsed } = parse(...NEEDED, ...more, '--url', 'https://sale.example/path');
    expect(parsed).toMatchObject({
      options: {
        pay: 0,
        doubleClick: 1,
        quantity: { least: 1, most: 3 },
        seed: 7,
        difficulty: 0,
        json: true,
        url: 'https://sale.example',
      },
    });
  });

  test.each([
    ['--shoppers', '0', 'a whole number from 1 to 1000000'],
    ['--shoppers', '1000001', 'a whole number from 1 to 1000000'],
    ['--shoppers', 'many', 'a whole number from 1 to 1000000'],
    ['--pay', '1.1', 'a number from 0 to 1'],
    ['--pay', '', 'a number from 0 to 1'],
    ['--double-click', '-0.1', 'a number from 0 to 1'],
    ['--quantity', '0', 'a whole number from 1 to 100'],
    ['--quantity', '101', 'a whole number from 1 to 100'],
    ['--quantity', '3-1', 'a whole number from 1 to 100'],
    ['--quantity', 'one', 'a whole number from 1 to 100'],
    ['--seed', '-1', 'a whole number from 0'],
    ['--difficulty', '1000001', 'a whole number from 0 to 1000000'],
    ['--url', 'ftp://sale.example', 'an http or https address'],
    ['--url', 'nowhere', 'an http or https address'],
  ])('refuses %s "%s", naming value and rule', (option, value, rule) => {
    const { parsed, said } = parse(...NEEDED, `${option}=${value}`);
    expect(parsed).toEqual({ kind: 'end', status: 2 });
    expect(said).toContain(`'${value}'`);
    expect(said).toContain(rule);
  });

  test.each([
    [['--shoppers', '10']],
    [['--sale', 'demo.json']],
    [[...NEEDED, '--nonsense']],
    [[...NEEDED, 'more']],
  ])('refuses %j', (args) => {
    expect(parse(...args).parsed).toEqual({ kind: 'end', status: 2 });
  });

  test('ends well when asked for help', () => {
    const { parsed, said } = parse('--help');
    expect(parsed).toEqual({ kind: 'end', status: 0 });
    expect(said).toContain('--double-click');
  });
});
