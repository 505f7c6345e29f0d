import { describe, expect, test } from '@jest/globals';
import { RETENTION_SECONDS } from '../../domain/purchase.ts';
import { WAF_ON } from '../../lib/config.ts';
import { stageFrom } from '../../lib/stage.ts';

const stage = (context: Record<string, unknown> = {}) => stageFrom((key) => context[key]);

const PROD = { stage: 'prod', region: 'eu-central-1' };

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
    expect(stage({ ...PROD, guests: 'allowed' })).toMatchObject({ guests: 'allowed' });
  });

  test('takes production with an identity issuer', () => {
    const identity = { issuer: 'https://id.example.com', audience: 'shop' };
    expect(
      stage({ ...PROD, oidcIssuer: identity.issuer, oidcAudience: identity.audience }),
    ).toMatchObject({ identity, guests: 'refused' });
  });

  test('refuses dev as well when it refuses guests and names no issuer', () => {
    expect(() => stage({ guests: 'refused' })).toThrow(/stage "dev"/);
  });

  test('refuses an issuer without an audience', () => {
    expect(() => stage({ oidcIssuer: 'https://id.example.com' })).toThrow(/set together/);
  });

  test.each(['dev', 'prod'])('states for %s how long the domain keeps personal data', (name) => {
    const { personalDataRetention } = stage({ ...PROD, stage: name, guests: 'allowed' });
    expect(personalDataRetention.toSeconds()).toBe(RETENTION_SECONDS);
  });

  test('has the web ACL in production, and in dev where it is asked for', () => {
    expect(stage()).toMatchObject({ waf: 'off' });
    expect(stage({ waf: 'on', region: 'eu-central-1' }).waf).toEqual(WAF_ON);
    expect(stage({ ...PROD, guests: 'allowed' }).waf).toEqual(WAF_ON);
    expect(stage({ stage: 'prod', guests: 'allowed', waf: 'off' })).toMatchObject({ waf: 'off' });
  });

  test.each([{ stage: 'prod', guests: 'allowed' }, { waf: 'on' }])(
    'refuses the web ACL without a named Region: %j',
    (context) => {
      expect(() => stage(context)).toThrow(
        /setting "region" is "at-deploy" while the web ACL is on, .* named Region only/,
      );
    },
  );

  test('calls AWS with lean clients, or with those of the SDK where they are asked for', () => {
    expect(stage()).toMatchObject({ awsClient: 'lean' });
    expect(stage({ awsClient: 'sdk' })).toMatchObject({ awsClient: 'sdk' });
  });

  test.each([
    ['waf', 'yes', '"yes" is none of "on", "off"'],
    ['stage', 'production', '"production" is none of "dev", "prod"'],
    ['guests', 'yes', '"yes" is none of "allowed", "refused"'],
    ['stage', 1, '1 is not a string'],
    ['awsClient', 'aws', '"aws" is none of "lean", "sdk"'],
  ])('refuses context %s = %j', (key, value, message) => {
    expect(() => stage({ [key]: value })).toThrow(message);
  });
});
