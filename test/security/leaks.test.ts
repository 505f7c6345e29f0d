/** No secret and no person in a template, a log line, an answer, an event, or what a command prints. */

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { templatesIn } from './grants.ts';
import { leaksIn, type Said, spellings } from './leak-search.ts';
import { type Story, tellAll } from './leak-story.ts';

const ASSEMBLY = fileURLToPath(new URL('../../cdk.out', import.meta.url));

/** Every text file of the assembly: templates, manifests, bundles, the site. */
function assemblyTexts(folder = ASSEMBLY): readonly Said[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && /\.(json|js|mjs|cjs|html|css|yaml|txt)$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .map((file) => ({ kind: 'template', where: file, text: readFileSync(file, 'utf8') }) as const);
}

describe('a sale with everything that can go wrong in it', () => {
  let story: Story;

  beforeAll(async () => {
    story = await tellAll();
  }, 240_000);

  test('was told with failures, in every kind of place', () => {
    const kinds = new Set(story.heard.map(({ kind }) => kind));
    expect([...kinds].sort()).toEqual(['answer', 'command', 'event', 'log', 'metric']);
    expect(story.failures).toBeGreaterThan(10);
    expect(story.secrets.length).toBeGreaterThan(20);
  });

  test('said where it may each secret that its owner is told, so that the search means something', () => {
    const told = story.secrets.filter(({ may }) => may !== undefined);
    const silent = told.filter(
      ({ value, may }) =>
        !story.heard.some(
          (said) => may?.(said) && spellings(value).some((text) => said.text.includes(text)),
        ),
    );
    expect(silent.map(({ name }) => name)).toEqual([]);
  });

  test('gave nothing away', () => {
    expect(leaksIn(story.heard, story.secrets)).toEqual([]);
  });

  test('told the door key to nobody before the opening, and the seed to nobody before the closing', () => {
    const at = (ending: string, text: string) =>
      story.heard.findIndex(
        ({ where, text: said }) => where.endsWith(ending) && said.includes(text),
      );
    const first = (name: string) => {
      const { value = '' } = story.secrets.find((one) => one.name === name) ?? {};
      return story.heard.findIndex(({ text }) => text.includes(value));
    };
    expect(first('door key')).toBeGreaterThanOrEqual(at('/sale.js', '"saleStarted":true'));
    expect(first('slot seed')).toBeGreaterThan(at('/sale.js', '"saleEnded":true'));
    expect(at('/slots.json', '"seed":null')).toBeGreaterThan(-1);
  });

  test('left nothing in the assembly that it was synthesised to', () => {
    expect(leaksIn(assemblyTexts(), story.secrets)).toEqual([]);
  });
});

describe('the search', () => {
  const said = (text: string): Said => ({ kind: 'log', where: 'Buy', text });
  const secret = { name: 'key', value: 'a secret/key?' };

  test.each(spellings(secret.value))(
    'finds a secret written as %s, and does not repeat it',
    (text) => {
      expect(leaksIn([said(`so ${text} it is`)], [secret])).toEqual(['key in log of Buy']);
      expect(leaksIn([said('nothing')], [secret])).toEqual([]);
      expect(leaksIn([said(text)], [{ ...secret, may: ({ kind }) => kind === 'log' }])).toEqual([]);
    },
  );
});

describe('the templates', () => {
  const resources = Object.values(templatesIn(ASSEMBLY)).flatMap(({ Resources }) =>
    Object.values(Resources),
  );
  const ofType = (type: string) => resources.filter(({ Type }) => Type === type);

  test('have secrets generated, and never written', () => {
    const secrets = ofType('AWS::SecretsManager::Secret');
    expect(secrets).toHaveLength(5);
    for (const { Properties } of secrets) {
      expect(Properties).toHaveProperty('GenerateSecretString');
      expect(Properties).not.toHaveProperty('SecretString');
    }
  });

  test('have API keys by reference alone, at both ends', () => {
    const dynamic = /^\{\{resolve:secretsmanager:/;
    const textOf = (value: unknown): string =>
      typeof value === 'string'
        ? value
        : ((value as { 'Fn::Join'?: [string, unknown[]] })['Fn::Join']?.[1] ?? [])
            .map((one) => (typeof one === 'string' ? one : ''))
            .join('');
    const keys = ofType('AWS::ApiGateway::ApiKey').map(({ Properties }) => Properties['Value']);
    expect(keys).toHaveLength(3);
    for (const value of keys) expect(textOf(value)).toMatch(dynamic);
    const config = ofType('AWS::CloudFront::Distribution')[0]?.Properties['DistributionConfig'];
    const origins = (config as { Origins: { OriginCustomHeaders?: { HeaderValue: unknown }[] }[] })
      .Origins;
    const headers = origins.flatMap(({ OriginCustomHeaders = [] }) => OriginCustomHeaders);
    expect(headers).toHaveLength(3);
    for (const { HeaderValue } of headers) expect(textOf(HeaderValue)).toMatch(dynamic);
  });

  test('hand functions the names of secrets, and none of them', () => {
    for (const { Properties } of ofType('AWS::Lambda::Function')) {
      const { Variables = {} } = (Properties['Environment'] ?? {}) as {
        Variables?: Record<string, unknown>;
      };
      for (const [name, value] of Object.entries(Variables)) {
        expect([name, JSON.stringify(value)]).toEqual([
          name,
          expect.not.stringMatching(/resolve:/),
        ]);
        if (/SECRET|KEY(?!_VALUE_STORE)|TOKEN|PASSWORD/.test(name))
          expect(name).toMatch(/_SECRET_ARN$/);
      }
    }
  });

  test('put nothing secret into outputs and parameters', () => {
    const templates = Object.values(templatesIn(ASSEMBLY)) as unknown as readonly {
      readonly Outputs?: object;
      readonly Parameters?: object;
    }[];
    for (const { Outputs = {}, Parameters = {} } of templates) {
      expect(JSON.stringify([Outputs, Parameters])).not.toMatch(
        /resolve:secretsmanager|SecretString/,
      );
    }
  });
});
