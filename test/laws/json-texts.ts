/** @module Laws of reading texts that may be no sale files, nor JSON. */

import { equal } from 'node:assert/strict';
import fc from 'fast-check';
import { explain } from '../../adapters/sale-file.ts';
import { mistakesIn } from '../support/sale-files.ts';
import { type Law, law } from './law.ts';

const isJson = (text: string): boolean => {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
};

const nearJson = fc.oneof(
  fc.string({ unit: fc.constantFrom(...'{}[]:,"\\/-+.eE01 \n\ttrufalsn'), maxLength: 12 }),
  fc.json(),
  // What other formats allow in the middle of JSON, and JSON does not.
  fc
    .tuple(
      fc.json(),
      fc.nat({ max: 99 }),
      fc.constantFrom('//', '/**/', ',', "'", '+', '0', '.', '\f'),
    )
    .map(([json, at, odd]) => {
      const place = at % (json.length + 1);
      return json.slice(0, place) + odd + json.slice(place);
    }),
);

export const jsonLaws: readonly Law[] = [
  law(
    'sale file: reading never throws, whatever the text',
    [fc.oneof(fc.string({ unit: 'binary' }), nearJson)],
    (text) => {
      for (const mistake of mistakesIn(text)) explain(mistake);
    },
  ),

  law(
    'sale file: reading never throws, whatever the JSON',
    [fc.json(), fc.json()],
    (one, other) => {
      for (const mistake of mistakesIn(one)) explain(mistake);
      mistakesIn(`{"id":${one},"items":[{"sku":${other}},${one}],"opensAt":${other}}`);
    },
    0.5,
  ),

  law(
    'sale file: agrees with JSON.parse on what is JSON',
    [nearJson],
    (text) => {
      equal(!mistakesIn(text).some(({ isSyntax }) => isSyntax), isJson(text));
    },
    2,
  ),
];
