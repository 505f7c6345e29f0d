/** @module Laws of EventBridge's patterns, as the local bus has them: made from an event, and then bent. */

import { equal } from 'node:assert/strict';
import fc from 'fast-check';
import { matchesPattern } from '../../local/services/event-pattern.ts';
import { type Law, law } from './law.ts';

type Pattern = { [name: string]: Pattern | unknown[] };
type Event = { [name: string]: Event | Leaf | readonly Leaf[] };
type Leaf = string | number | boolean | null;

const names = fc.constantFrom('source', 'sku', 'amount', 'state', 'length', 'constructor');
const leaves: fc.Arbitrary<Leaf> = fc.oneof(
  fc.string({ minLength: 1, maxLength: 6 }),
  fc.integer({ min: -1000, max: 1000 }),
  fc.boolean(),
  fc.constant(null),
);

const events: fc.Arbitrary<Event> = fc.letrec<{ event: Event }>((tie) => ({
  event: fc.dictionary(
    names,
    fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      leaves,
      fc.array(leaves, { minLength: 1, maxLength: 3 }),
      tie('event'),
    ),
    { minKeys: 1, maxKeys: 4, noNullPrototype: true },
  ),
})).event;

/** A condition that a value meets, and one that it does not. */
type Pair = readonly [met: unknown, unmet: unknown];

/** Ways to ask for a value; which of them is chosen by number. */
function pairsFor(leaf: Leaf): readonly Pair[] {
  const always: Pair[] = [
    [leaf, `${String(leaf)}?`],
    [{ exists: true }, { exists: false }],
    [{ 'anything-but': [`${String(leaf)}?`] }, { 'anything-but': [leaf] }],
  ];
  if (typeof leaf === 'number') {
    return [
      ...always,
      [{ numeric: ['=', leaf] }, { numeric: ['=', leaf + 1] }],
      [{ numeric: ['>=', leaf, '<', leaf + 1] }, { numeric: ['>', leaf, '<=', leaf + 1] }],
      [{ numeric: ['<=', leaf] }, { numeric: ['<', leaf] }],
    ];
  }
  if (typeof leaf !== 'string') return always;
  const inner: Pair[] = [
    [{ prefix: leaf }, { prefix: leaf.slice(1) }],
    [{ suffix: leaf }, { suffix: leaf.slice(0, -1) }],
  ];
  const [first, last] = [leaf.slice(0, 1), leaf.slice(-1)];
  return [
    ...always,
    // A text of one character repeated begins and ends with its inner part.
    ...(new Set(leaf).size > 1 ? inner : []),
    [{ prefix: first }, { prefix: `${leaf}x` }],
    [{ suffix: last }, { suffix: `x${leaf}` }],
    [
      {
        'equals-ignore-case':
          leaf.toUpperCase().toLowerCase() === leaf.toLowerCase() ? leaf.toUpperCase() : leaf,
      },
      { 'equals-ignore-case': `${leaf}x` },
    ],
  ];
}

const choose = (leaf: Leaf, choice: number): Pair => {
  const pairs = pairsFor(leaf);
  return pairs[choice % pairs.length] as Pair;
};

/** A pattern that asks for every leaf of an event, in one way or another. */
function patternOf(event: Event, choices: readonly number[]): Pattern {
  const entries = Object.entries(event).map(
    ([name, value], index): [string, Pattern | unknown[]] => {
      if (Array.isArray(value)) return [name, [value[0]]];
      if (typeof value === 'object' && value !== null)
        return [name, patternOf(value as Event, choices)];
      return [name, [choose(value as Leaf, choices[index] ?? 0)[0]]];
    },
  );
  return Object.fromEntries(entries);
}

const choices = fc.array(fc.nat({ max: 99 }), { minLength: 6, maxLength: 6 });

export const patternLaws: readonly Law[] = [
  law(
    'pattern: made from an event in any way, it takes the event, and whatever more is in it',
    [events, choices, leaves],
    (event, some, more) => {
      const pattern = patternOf(event, some);
      equal(matchesPattern(pattern, event), true);
      equal(matchesPattern(pattern, { ...event, more }), true);
      equal(matchesPattern({}, event), true);
    },
    2,
  ),

  law(
    'pattern: one value that is not met, and the event is left; one alternative that is, and it is taken',
    [events, choices, leaves, fc.nat({ max: 99 })],
    (event, some, leaf, choice) => {
      const [met, unmet] = choose(leaf, choice);
      const pattern = patternOf(event, some);
      const all = { ...event, mark: leaf };
      equal(matchesPattern({ ...pattern, mark: [unmet] }, all), false);
      equal(matchesPattern({ mark: [unmet], ...pattern }, all), false);
      equal(matchesPattern({ ...pattern, mark: [unmet, met] }, all), true);
      equal(matchesPattern({ outer: { mark: [unmet] } }, { outer: { mark: leaf } }), false);
      equal(matchesPattern({ outer: { mark: [met] } }, { outer: { mark: leaf } }), true);
    },
    2,
  ),

  law(
    'pattern: what an event has not is met by its absence alone',
    [events, names, choices],
    (event, name, some) => {
      const without = Object.fromEntries(Object.entries(event).filter(([one]) => one !== name));
      const pattern = patternOf(event, some);
      const others = patternOf(without, some);
      equal(matchesPattern({ ...others, [name]: [{ exists: false }] }, without), true);
      equal(matchesPattern({ ...others, [name]: [{ exists: true }] }, without), false);
      if (name in without !== name in event) equal(matchesPattern(pattern, without), false);
    },
    2,
  ),

  law(
    'pattern: of the values of a list one is enough',
    [fc.array(leaves, { minLength: 1, maxLength: 4 }), fc.nat({ max: 99 }), fc.nat({ max: 99 })],
    (values, place, choice) => {
      const leaf = values[place % values.length] as Leaf;
      const [met] = choose(leaf, choice);
      equal(matchesPattern({ tags: [met] }, { tags: values }), true);
      equal(matchesPattern({ tags: ['none of them at all'] }, { tags: values }), false);
    },
    2,
  ),
];
