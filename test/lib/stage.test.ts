import { describe, expect, test } from '@jest/globals';
import { RETENTION_SECONDS } from '../../domain/purchase.ts';
import { stageFrom } from '../../lib/stage.ts';

const stage = (context: Record<string, unknown> = {}) => stageFrom((key) => context[key]);

describe('stageFrom()', () => {
  test('is dev, with guests and without an identity issuer, when nothing is said', () => {
    expect(stage()).toMatchObject({ name: 'dev', guests: 'allowed', identity: 'none' });
  });

  test('refuses production without an identity issuer, naming the setting and the rule', () => {
    expect(() => stage({ stage: 'prod' })).toThrow(
      /stage "prod": setting "identity" is "none" while "guests" is "refused", and a limit per shopper/,
    );
  });

  test('takes production without an identity issuer when guests are allowed explicitly', () => {
    expect(stage({ stage: 'prod', guests: 'allowed' })).toMatchObject({ guests: 'allowed' });
  });

  test('takes production with an identity issuer', () => {
    const identity = { issuer: 'https://id.example.com', audience: 'shop' };
    expect(
      stage({ stage: 'prod', oidcIssuer: identity.issuer, oidcAudience: identity.audience }),
    ).toMatchObject({ identity, guests: 'refused' });
  });

  test('refuses dev as well when it refuses guests and names no issuer', () => {
    expect(() => stage({ guests: 'refused' })).toThrow(/stage "dev"/);
  });

  test('refuses an issuer without an audience', () => {
    expect(() => stage({ oidcIssuer: 'https://id.example.com' })).toThrow(/set together/);
  });

  test.each(['dev', 'prod'])('states for %s how long the domain keeps personal data', (name) => {
    const { personalDataRetention } = stage({ stage: name, guests: 'allowed' });
    expect(personalDataRetention.toSeconds()).toBe(RETENTION_SECONDS);
  });

  test.each([
    ['stage', 'production', '"production" is none of "dev", "prod"'],
    ['guests', 'yes', '"yes" is none of "allowed", "refused"'],
    ['stage', 1, '1 is not a string'],
  ])('refuses context %s = %j', (key, value, message) => {
    expect(() => stage({ [key]: value })).toThrow(message);
  });
});
