import { describe, expect, test } from '@jest/globals';
import { assetHash } from './asset-hash.ts';
import { aStage, PROD, resource, resourcesOf, templatesOf } from './synth.ts';

expect.addSnapshotSerializer(assetHash);

const dev = templatesOf(aStage()).data;
const prod = templatesOf(aStage(PROD)).data;

/** Changing one of these replaces the resource, and what it holds is gone from the sale. */
const CONTRACT = {
  'AWS::DynamoDB::GlobalTable': [
    'TablesCatalogueDB479C66',
    'TablesOrdersACF7C9C0',
    'TablesStock190D1C2E',
  ],
  'AWS::SecretsManager::Secret': [
    'SecretsBrowseKey93912DB9',
    'SecretsBuyKey13C96D0B',
    'SecretsOperateKey1B2B9B9C',
    'SecretsPaymentKeysCE980FB4',
    'SecretsSigningKeys20695C0E',
  ],
  'AWS::CloudFront::KeyValueStore': ['Store1D2A845B'],
  'AWS::S3::Bucket': ['ImportsBucketB463A28B', 'ReportsBucket95FE29A2', 'SiteBucket978D4AEB'],
  'AWS::Events::EventBus': ['EventsBus45DE4339'],
  'AWS::Events::Archive': ['EventsBusArchive3AC72948'],
};

describe('DataStack', () => {
  test.each(Object.entries(CONTRACT))('keeps the ids of %s', (type, ids) => {
    expect(Object.keys(resourcesOf(dev, type)).sort()).toEqual(ids);
    expect(Object.keys(resourcesOf(prod, type)).sort()).toEqual(ids);
  });

  test('has the outputs that the command line reads', () => {
    const names = [
      ...['BusName', 'CatalogueTable', 'ImportsBucket', 'KeyValueStoreArn', 'OrdersTable'],
      ...['PaymentSecretArn', 'ReportsBucket', 'SigningSecretArn', 'SiteBucket', 'StockTable'],
    ];
    const outputs = Object.keys(dev.toJSON()['Outputs']).filter(
      (name) => !name.startsWith('Export'),
    );
    expect(outputs.sort()).toEqual(names);
  });

  test('keys Catalogue and Stock by pk, Orders by pk and sk', () => {
    const keys = (prefix: string) =>
      resource(dev, 'AWS::DynamoDB::GlobalTable', prefix).Properties['KeySchema'];
    const pk = { AttributeName: 'pk', KeyType: 'HASH' };
    expect(keys('TablesCatalogue')).toEqual([pk]);
    expect(keys('TablesStock')).toEqual([pk]);
    expect(keys('TablesOrders')).toEqual([pk, { AttributeName: 'sk', KeyType: 'RANGE' }]);
  });

  test('erases by time what is personal in Stock, and copies of events in Orders', () => {
    const erasing = Object.entries(resourcesOf(dev, 'AWS::DynamoDB::GlobalTable')).flatMap(
      ([id, { Properties }]) => {
        const by = Properties['TimeToLiveSpecification'] as { AttributeName: string } | undefined;
        return by ? [[id, by.AttributeName]] : [];
      },
    );
    expect(Object.fromEntries(erasing)).toEqual({
      ...{ TablesStock190D1C2E: 'eraseAt', TablesOrdersACF7C9C0: 'expiresAt' },
    });
  });

  test.each(CONTRACT['AWS::DynamoDB::GlobalTable'])('protects %s in production', (id) => {
    const table = resource(prod, 'AWS::DynamoDB::GlobalTable', id);
    expect(table).toMatchObject({
      DeletionPolicy: 'Retain',
      UpdateReplacePolicy: 'Retain',
      Properties: {
        BillingMode: 'PAY_PER_REQUEST',
        Replicas: [
          {
            DeletionProtectionEnabled: true,
            PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
          },
        ],
      },
    });
  });

  test('retains secrets in production, and lets them go with a dev stack', () => {
    const policies = (template: typeof dev) =>
      Object.values(resourcesOf(template, 'AWS::SecretsManager::Secret')).map(
        (secret) => secret['DeletionPolicy'],
      );
    expect(new Set(policies(prod))).toEqual(new Set(['Retain']));
    expect(new Set(policies(dev))).toEqual(new Set(['Delete']));
  });

  test('generates each secret in AWS: no value stands in the template', () => {
    for (const { Properties } of Object.values(resourcesOf(dev, 'AWS::SecretsManager::Secret'))) {
      expect(Object.keys(Properties)).toEqual(['GenerateSecretString']);
    }
  });

  test('tells the account of each object that a provider drops, and of no other', () => {
    const told = Object.entries(resourcesOf(dev, 'AWS::S3::Bucket')).filter(
      ([, { Properties }]) => Properties['NotificationConfiguration'] !== undefined,
    );
    expect(told).toMatchObject([
      [
        expect.stringMatching(/^ImportsBucket/),
        {
          Properties: {
            NotificationConfiguration: { EventBridgeConfiguration: { EventBridgeEnabled: true } },
          },
        },
      ],
    ]);
    // No function of the library's, which may change every bucket of the account.
    expect(Object.keys(resourcesOf(dev, 'Custom::S3BucketNotifications'))).toEqual([]);
  });

  test('lets nobody but CloudFront, for this account, read the site without TLS or otherwise', () => {
    const policy = resource(dev, 'AWS::S3::BucketPolicy', 'SiteBucket').Properties[
      'PolicyDocument'
    ];
    const statements = (policy as { Statement: Record<string, unknown>[] }).Statement;
    const allowed = statements.filter(({ Effect }) => Effect === 'Allow');
    expect(allowed).toHaveLength(2);
    for (const statement of allowed) {
      expect(statement).toMatchObject({
        Principal: { Service: 'cloudfront.amazonaws.com' },
        Condition: { StringEquals: { 'AWS:SourceAccount': { Ref: 'AWS::AccountId' } } },
      });
    }
  });

  test('is as it was', () => {
    expect(dev.toJSON()).toMatchSnapshot();
  });
});
