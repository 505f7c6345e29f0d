import { describe, expect, test } from '@jest/globals';
import type { Found } from '../../cli/letters.ts';
import { choose, letterLines } from '../../cli/redrive-lines.ts';
import { findingLines, repairedLine } from '../../cli/repair-lines.ts';
import type { Case, ItemFindings } from '../../domain/repair-look.ts';
import { OPENS_AT } from '../support/sales.ts';

const letter = (id: string, changes: Partial<Found> = {}): Found => ({
  ...{ id, source: 'orders', body: '{}', attributes: {}, receives: 6, sentAt: OPENS_AT },
  ...{ what: 'sale night opened', why: 'it is well formed', isPoison: false },
  way: { to: 'queue', queue: 'orders' },
  ...changes,
});

const { way: _, ...WAYLESS } = letter('abd1');

const POISON: Found = { ...WAYLESS, why: 'it is odd', isPoison: true };

const LETTERS = [letter('abc1'), POISON, letter('xyz1')];

describe('choose()', () => {
  test('takes none unless it is told', () => {
    expect(choose(LETTERS, {})).toEqual([]);
  });

  test('takes those whose ids begin so, each once', () => {
    expect(choose(LETTERS, { message: ['abc', 'x', 'xyz1'] })).toEqual([LETTERS[0], LETTERS[2]]);
    expect(() => choose(LETTERS, { message: ['ab'] })).toThrow('"ab": 2 begin like that');
    expect(() => choose(LETTERS, { message: ['q'] })).toThrow('Cannot find letter "q"');
  });

  test('takes with --all what can be sent, and gives up with it what never can', () => {
    expect(choose(LETTERS, { all: true })).toEqual([LETTERS[0], LETTERS[2]]);
    expect(choose(LETTERS, { all: true, discard: true })).toEqual([POISON]);
  });

  test('sends no poison, and gives up what is named, poison or not', () => {
    expect(() => choose(LETTERS, { message: ['abd'] })).toThrow('again: it is odd');
    expect(choose(LETTERS, { message: ['abd', 'abc'], discard: true })).toHaveLength(2);
    expect(() => choose(LETTERS, { discard: true })).toThrow('Cannot discard: say which');
  });
});

describe('letterLines()', () => {
  test('says what each is, how often it came, and why it is there', () => {
    expect(letterLines([POISON])).toEqual([
      'orders  abd1  sale night opened',
      '  sent 2026-11-27 20:00:00 UTC, received 6 times',
      '  it is odd',
      '  It would fail again for ever: --discard gives it up.',
      '1 letter: 0 can be sent again (--all, or --message), 1 never can (--discard)',
    ]);
    expect(letterLines(LETTERS).at(-1)).toMatch(/^3 letters: 2 can .*, 1 never can/);
    expect(letterLines([])).toEqual(['No dead letters']);
  });
});

const aCase = (changes: Partial<Case> = {}): Case => ({
  ...{ orderId: 'night.lamp.x', verdict: 'expire', state: 'RESERVED', since: OPENS_AT },
  ...{ payBy: OPENS_AT + 900_000 },
  ...changes,
});

const found = (changes: Partial<ItemFindings>): ItemFindings => ({
  ...{ sku: 'lamp', cases: [], flaws: [], skipped: 0 },
  ...changes,
});

const lines = (changes: Partial<ItemFindings>, now = OPENS_AT + 960_000) =>
  findingLines([found(changes)], now);

describe('findingLines()', () => {
  test('says that all is well', () => {
    expect(lines({})).toEqual(['Nothing to do: all holders, shards and hints are well']);
  });

  test('lists orders by what is done about them, the worst first', () => {
    const { state: _state, payBy: _payBy, ...missing } = aCase({ verdict: 'alarm' });
    const cases = [aCase({ verdict: 'settle', state: 'PAID' }), aCase(), missing];
    expect(lines({ cases })).toEqual([
      expect.stringMatching(/^lamp: 1 NOT REPAIRED \(alarm\): their claim is missing\./),
      '  night.lamp.x without a claim, 16:00 old',
      'lamp: 1 released (expire): not paid in time',
      '  night.lamp.x RESERVED, 16:00 old, to be paid 1:00 ago',
      expect.stringMatching(/^lamp: 1 settled \(settle\): paid and recorded/),
      '  night.lamp.x PAID, 16:00 old',
    ]);
    expect(lines({ cases: [aCase({ verdict: 'resend' })] }, OPENS_AT + 60_000)[1]).toBe(
      '  night.lamp.x RESERVED, 1:00 old, to be paid within 14:00',
    );
  });

  test('lists twenty of a kind, and counts the rest', () => {
    const many = (count: number) => lines({ cases: Array.from({ length: count }, () => aCase()) });
    expect(many(20)).toHaveLength(21);
    expect(many(21).at(-1)).toBe('  and 1 more: --json has them');
  });

  test('names hints, what is told of the stock, and shards that are wrong', () => {
    expect(lines({ skipped: 2, soldOut: 'said-but-free' })).toEqual([
      'lamp: hints written anew: 2 shards with units are said to be empty',
      'lamp: "sold out" taken back: units are free',
    ]);
    const flaws = [{ shard: 'STOCK#night#lamp#0', what: 'has -1 units available' }];
    expect(lines({ soldOut: 'not-said', flaws })).toEqual([
      'lamp: "sold out" is said: no unit is free',
      expect.stringContaining('NOT REPAIRED: STOCK#night#lamp#0 has -1 units available. Pause'),
    ]);
  });
});

describe('repairedLine()', () => {
  test('counts what was done, and nothing that was left', () => {
    const did = { leave: 7, expire: 2, settle: 1, return: 0 };
    expect(repairedLine({ kind: 'repaired', did })).toBe('Repaired: 2 expire, 1 settle');
    expect(repairedLine({ kind: 'repaired', did: { leave: 3 } })).toBe(
      'Repaired: hints and summaries',
    );
  });
});
