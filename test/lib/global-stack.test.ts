import { describe, expect, test } from '@jest/globals';
import type { Stage } from '../../lib/stage.ts';
import { anApp, aStage, PROD, QUICK } from './synth.ts';

const HOSTED_ZONE = { id: 'Z1', name: 'example.com' };
const NAME = 'sale.example.com';

const synthesised = (stage: Stage) => anApp(stage, { site: false }, QUICK).app.synth();

const typesIn = (template: { Resources: Record<string, { Type: string }> }): readonly string[] =>
  Object.values(template.Resources).map(({ Type }) => Type);

describe('GlobalStack', () => {
  test('holds certificate and web ACL in us-east-1 when a domain is set', () => {
    const domain = { name: NAME, hostedZone: HOSTED_ZONE, certificate: 'new' } as const;
    const assembly = synthesised({ ...aStage(PROD), domain });
    const global = assembly.getStackByName('FlashSale-prod-Global');
    expect(global.environment.region).toBe('us-east-1');
    expect(typesIn(global.template)).toEqual(
      expect.arrayContaining(['AWS::CertificateManager::Certificate', 'AWS::WAFv2::WebACL']),
    );
    const edge = assembly.getStackByName('FlashSale-prod-Edge');
    expect(edge.environment.region).toBe('eu-central-1');
    expect(edge.template.Outputs.SiteUrl.Value).toBe('https://sale.example.com');
    expect(edge.dependencies.map(({ id }) => id)).toContain('FlashSale-prod-Global');
  });

  test('holds no certificate where one exists already', () => {
    const arn = 'arn:aws:acm:us-east-1:111122223333:certificate/c-1';
    const domain = { name: NAME, hostedZone: HOSTED_ZONE, certificate: { arn } };
    const assembly = synthesised({ ...aStage(PROD), domain });
    const { template } = assembly.getStackByName('FlashSale-prod-Global');
    expect(typesIn(template)).not.toContain('AWS::CertificateManager::Certificate');
    const edge = JSON.stringify(assembly.getStackByName('FlashSale-prod-Edge').template);
    expect(edge).toContain(arn);
    expect(edge).toContain('WebACLId');
  });

  test('is not there when nothing needs it', () => {
    const names = synthesised(aStage()).stacks.map(({ stackName }) => stackName);
    expect(names).toHaveLength(3);
    expect(names).not.toContain('FlashSale-dev-Global');
  });
});
