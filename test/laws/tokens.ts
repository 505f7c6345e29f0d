/** @module Laws of signed tokens: the gate's code and the functions' write and read the same. */

import { deepEqual, equal, ok } from 'node:assert/strict';
import fc from 'fast-check';
import { isMac, keyIdsOf, mac, sign, verify } from '../../adapters/hmac.ts';
import { equal as isEqual, seal, unseal } from '../../edge/signature.ts';
import { keyRings, nearTexts, shopperIds, tampers } from './arbitraries.ts';
import { type Law, law, same } from './law.ts';

const labels = fc.constantFrom('session', 'ticket', 'challenge');

/** As a token says it; short, for the gate looks at 600 characters and no more. */
const values = fc.dictionary(
  fc.stringMatching(/^[a-z]{1,6}$/),
  fc.oneof(fc.string({ maxLength: 20 }), fc.integer(), fc.boolean(), fc.constant(null)),
  { minKeys: 1, maxKeys: 5 },
);
const bindings = fc.oneof(fc.constant(''), shopperIds);

/** What no signer of ours has ever put into a token: other JSON, and what is none. */
const oddTexts = fc.oneof(fc.json({ maxDepth: 1 }), fc.string({ unit: 'binary', maxLength: 40 }));

const covered = (label: string, kid: string, json: string, bound: string) =>
  bound === '' ? `${label}.${kid}.${json}` : `${label}.${kid}.${json}.${bound}`;

/** As the gate is asked: what is bound stands behind a full stop. */
const gateBound = (bound: string) => (bound === '' ? '' : `.${bound}`);

export const tokenLaws: readonly Law[] = [
  law(
    'token: reads as what was signed, and names its key',
    [keyRings, labels, values, bindings],
    (keys, label, content, bound) => {
      const token = sign(keys, label, content, bound);
      same(verify(keys, label, token, bound), content);
      deepEqual([...keyIdsOf(token)], [keys.active]);
    },
    3,
  ),

  law(
    'token: the gate writes the very token that a function writes',
    [keyRings, labels, values, bindings],
    (keys, label, content, bound) => {
      equal(seal(keys, label, content, gateBound(bound)), sign(keys, label, content, bound));
    },
    3,
  ),

  law(
    'token: a change of one character is refused, by the gate and by the functions',
    [keyRings, labels, values, bindings, tampers],
    (keys, label, content, bound, tamper) => {
      const token = sign(keys, label, content, bound);
      const changed = tamper(token);
      if (changed === token) return;
      equal(verify(keys, label, changed, bound), undefined);
      same(unseal(keys, label, changed, gateBound(bound)), {});
    },
    3,
  ),

  law(
    'token: of another purpose, shopper or key is refused, by the gate and by the functions',
    [
      keyRings,
      labels,
      labels,
      values,
      fc.tuple(bindings, bindings),
      fc.constantFrom('label', 'bound', 'key', 'kid'),
    ],
    (keys, label, otherLabel, content, [bound, otherBound], what) => {
      const token = sign(keys, label, content, bound);
      const asked = {
        label: what === 'label' ? otherLabel : label,
        bound: what === 'bound' ? otherBound : bound,
        keys: what === 'key' ? { ...keys, [keys.active]: 'another' } : keys,
        token: what === 'kid' ? token.replace(keys.active, otherOf(keys)) : token,
      };
      if (
        asked.label === label &&
        asked.bound === bound &&
        asked.keys === keys &&
        asked.token === token
      )
        return;
      equal(verify(asked.keys, asked.label, asked.token, asked.bound), undefined);
      same(unseal(asked.keys, asked.label, asked.token, gateBound(asked.bound)), {});
    },
    3,
  ),

  law(
    'token: gate and functions read the same in whatever a key has signed',
    [
      keyRings,
      labels,
      oddTexts,
      bindings,
      fc.constantFrom('own', 'old', 'active', 'no-such-key', '__proto__', 'constructor'),
    ],
    (keys, label, text, bound, which) => {
      const kid = kidOf(keys, which);
      const key = (keys as Readonly<Record<string, unknown>>)[kid];
      const json = Buffer.from(text).toString('base64url');
      const token = `${kid}.${json}.${mac(typeof key === 'string' ? key : String(key), covered(label, kid, json, bound))}`;
      if (json === '' || token.length > 600) return;
      const read = verify(keys, label, token, bound);
      same(unseal(keys, label, token, gateBound(bound)), read ?? {});
      if (which !== 'own' && which !== 'old') equal(read, undefined);
    },
    3,
  ),

  law(
    'token: the gate does not look at more than 600 characters',
    [keyRings, fc.integer({ min: 300, max: 420 })],
    (keys, length) => {
      const token = sign(keys, 'session', { u: 'x'.repeat(length) });
      const isRead = 'u' in unseal(keys, 'session', token, '');
      equal(isRead, token.length <= 600);
    },
  ),

  law(
    'token: two texts are compared as what they are',
    [nearTexts, fc.string()],
    ([one, other], key) => {
      equal(isEqual(one, other), one === other);
      ok(isMac(key, one, mac(key, one)));
      equal(isMac(key, other, mac(key, one)), one === other);
      equal(isMac(key, one, `${mac(key, one)}${other}`), other === '');
    },
    3,
  ),
];

/** A key id: one that is there, or one that is none. */
function kidOf(keys: Readonly<Record<string, string>>, which: string): string {
  if (which === 'own') return keys['active'] ?? '';
  return which === 'old' ? otherOf(keys) : which;
}

const otherOf = (keys: Readonly<Record<string, string>>): string =>
  Object.keys(keys).find((kid) => kid !== 'active' && kid !== keys['active']) ?? '';
