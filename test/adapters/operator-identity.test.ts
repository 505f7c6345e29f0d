import { describe, expect, test } from '@jest/globals';
import { operatorIdentity } from '../../adapters/operator-identity.ts';

const who = (claims: Readonly<Record<string, unknown>> | undefined, groupClaim = 'groups') => {
  const issuer = {
    issuer: 'https://id.example',
    audience: 'office',
    groupClaim,
    group: 'operators',
  };
  const identify = operatorIdentity(issuer, async () => claims && { sub: 's-1', ...claims });
  return identify('token');
};

describe('operatorIdentity()', () => {
  test('knows an operator by name and subject, or by the subject alone', async () => {
    const groups = ['shoppers', 'operators'];
    expect(await who({ groups, name: 'Olivia' })).toEqual({
      kind: 'operator',
      name: 'Olivia (s-1)',
    });
    expect(await who({ groups })).toEqual({ kind: 'operator', name: 's-1' });
    expect(await who({ groups, name: 7 })).toEqual({ kind: 'operator', name: 's-1' });
    expect(await who({ groups, name: ' \n ' })).toEqual({ kind: 'operator', name: 's-1' });
  });

  test('takes a claim of any name, such as that of Cognito', async () => {
    const claims = { 'cognito:groups': ['operators'] };
    expect((await who(claims, 'cognito:groups')).kind).toBe('operator');
    expect((await who(claims)).kind).toBe('outsider');
  });

  test('shows a name as one short line, whatever it holds', async () => {
    const name = `Olivia\u202e\n2026 pause\u0000${'x'.repeat(100)}`;
    const found = await who({ groups: 'operators', name });
    expect(found).toEqual({
      kind: 'operator',
      name: expect.stringMatching(/^Olivia 2026 pause x{46} \(s-1\)$/),
    });
  });

  test.each([
    [undefined],
    ['operators2'],
    ['shoppers operators'],
    [['Operators']],
    [[['operators']]],
    [{ 0: 'operators' }],
    [true],
  ])('takes groups %j for no membership', async (groups) => {
    expect(await who({ groups })).toEqual({ kind: 'outsider' });
  });

  test('refuses whom the token does not prove', async () => {
    expect(await who(undefined)).toEqual({ kind: 'refused' });
  });
});
