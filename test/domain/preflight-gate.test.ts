import { describe, expect, test } from '@jest/globals';
import { entryLine, identityLine, keysLine, settingsLine } from '../../domain/preflight-gate.ts';
import { learnt, unknown } from '../../domain/preflight-line.ts';

const ring = (active: string, keys: Record<string, string>) => ({ active, keys });

describe('entryLine()', () => {
  const wanted = { o: 1, c: 2, d: 'door', s: 'seed', p: false, e: undefined };

  test('passes the same entry, and tells members that differ by name, never by value', () => {
    expect(entryLine(wanted, learnt({ p: false, s: 'seed', d: 'door', c: 2, o: 1 })).verdict).toBe(
      'pass',
    );
    const line = entryLine(wanted, learnt({ p: true, s: 'seed', d: 'other', c: 2, o: 1, q: 7 }));
    expect([line.verdict, line.found]).toEqual(['fail', 'differs in: door key, pause, "q"']);
  });

  test('fails a sale that the gate does not know', () => {
    expect(entryLine(wanted, learnt(undefined)).found).toBe('no entry: the gate answers 404');
  });
});

describe('settingsLine()', () => {
  test('fails where there is none', () => {
    expect(settingsLine('refused', learnt(undefined))).toMatchObject({
      verdict: 'fail',
      found: 'no entry',
    });
  });
});

describe('keysLine()', () => {
  const judge = (secret: ReturnType<typeof ring>, edge: ReturnType<typeof ring> | undefined) =>
    keysLine(learnt(secret), learnt(edge));

  test('passes where both know both active keys, as in the middle of a rotation', () => {
    const both = { k1: 'a', k2: 'b' };
    expect(judge(ring('k2', both), ring('k1', both))).toMatchObject({
      ...{ verdict: 'pass', found: 'active: k2, k1' },
    });
    // A key that is not active anywhere may be on its way.
    expect(judge(ring('k1', { ...both, k3: 'c' }), ring('k1', both)).verdict).toBe('pass');
  });

  test('fails an active key that one of them lacks, or knows by another value', () => {
    expect(judge(ring('k2', { k1: 'a', k2: 'b' }), ring('k1', { k1: 'a' })).found).toBe(
      'not known to both: k2',
    );
    expect(judge(ring('k1', { k1: 'a' }), ring('k1', { k1: 'x' })).found).toBe('another value: k1');
    expect(judge(ring('k1', { k1: 'a' }), undefined).found).toBe('the gate has no keys');
  });

  test('never tells a key', () => {
    const line = judge(ring('k1', { k1: 'very-secret' }), ring('k1', { k1: 'other-secret' }));
    expect(JSON.stringify(line)).not.toContain('secret');
  });
});

describe('identityLine()', () => {
  const ISSUER = 'https://login.example.com';

  test.each([
    ['none', 'allowed', unknown('there is none'), 'pass', 'none: guests alone'],
    ['none', 'refused', unknown('there is none'), 'fail', 'none, and guests are refused'],
    [ISSUER, 'refused', learnt({ issuer: ISSUER, keys: 1 }), 'pass', `${ISSUER}, 1 keys`],
    [ISSUER, 'refused', learnt({ issuer: ISSUER, keys: 0 }), 'fail', `${ISSUER}, 0 keys`],
    [
      ISSUER,
      'refused',
      learnt({ issuer: 'https://other', keys: 1 }),
      'fail',
      'it calls itself "https://other"',
    ],
    [ISSUER, 'allowed', unknown('nobody answers'), 'fail', 'nobody answers'],
  ] as const)('judges issuer %s, guests %s, %j', (issuer, guests, fact, verdict, found) => {
    expect(identityLine(issuer, guests, fact)).toMatchObject({ verdict, found });
  });
});
