/** @module The lean client calls the addresses that the SDK's client calls, or says that it cannot. */

import { afterEach, describe, expect, test } from '@jest/globals';
import * as leanClients from '../../adapters/lean-clients.ts';
import { caseOf } from './lean-cases.ts';
import {
  clientOf,
  ENVIRONMENT,
  inEnvironment,
  type Kind,
  outcomeOf,
  type ServiceName,
} from './lean-pair.ts';

const OVERRIDES = Symbol.for('aws.client.overrides');
type Global = { [OVERRIDES]?: object };

afterEach(() => {
  delete (globalThis as Global)[OVERRIDES];
});

const COMMANDS: Readonly<Record<ServiceName, string>> = {
  dynamoDb: 'PutItemCommand',
  sqs: 'SendMessageCommand',
  secretsManager: 'GetSecretValueCommand',
  eventBridge: 'PutEventsCommand',
};

type Where = {
  readonly protocol: string;
  readonly hostname: string;
  readonly port?: number;
  readonly path: string;
};

/** Where a client would call, and what it would sign for; or the error. */
async function addressOf(
  kind: Kind,
  service: ServiceName,
  variables: Readonly<Record<string, string>>,
) {
  let seen: Where | undefined;
  const handle = async (request: Where) => {
    seen = request;
    throw new Error('not asked');
  };
  (globalThis as Global)[OVERRIDES] = { requestHandler: { handle } };
  const { error } = await inEnvironment({ ...ENVIRONMENT, ...variables }, () =>
    outcomeOf(clientOf(kind, service).send(caseOf(COMMANDS[service]).command as never)),
  );
  if (seen === undefined) return error?.message;
  const { protocol, hostname, port, path } = seen;
  return `${protocol}//${hostname}${port === undefined ? '' : `:${port}`}${path}`;
}

const SERVICES = Object.keys(leanClients) as ServiceName[];

/** One Region of each partition and of each naming, and one that is not there yet. */
const REGIONS = [
  'us-east-1',
  'eu-central-1',
  'il-central-1',
  'mx-central-1',
  'cn-north-1',
  'cn-northwest-1',
  'us-gov-west-1',
  'us-gov-east-1',
  'us-iso-east-1',
  'us-isob-east-1',
  'eu-isoe-west-1',
  'us-isof-south-1',
  'eusc-de-east-1',
  'eu-north-9',
];

describe('leanClient(), address', () => {
  test.each(REGIONS)('calls all services of %s where the SDK calls them', async (AWS_REGION) => {
    for (const service of SERVICES) {
      const expected = await addressOf('sdk', service, { AWS_REGION });
      expect(expected).toMatch(/^https:\/\/[a-z.0-9-]+\/$/);
      expect(await addressOf('lean', service, { AWS_REGION })).toBe(expected);
    }
  });

  test.each([
    [{ AWS_ENDPOINT_URL: 'http://127.0.0.1:4566' }],
    [{ AWS_ENDPOINT_URL: 'https://emulator.example' }],
    [{ AWS_ENDPOINT_URL: 'http://127.0.0.1:4566/base/path' }],
    [{ AWS_ENDPOINT_URL: 'http://127.0.0.1:4566/', AWS_ENDPOINT_URL_SQS: 'http://127.0.0.1:4567' }],
    [
      {
        AWS_ENDPOINT_URL_DYNAMODB: 'http://[::1]:8000',
        AWS_ENDPOINT_URL_EVENTBRIDGE: 'http://bus:1',
      },
    ],
    [{ AWS_ENDPOINT_URL_SECRETS_MANAGER: 'http://secrets.example:80' }],
    [{ AWS_ENDPOINT_URL: 'http://a:1', AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: 'true' }],
    [{ AWS_ENDPOINT_URL: 'http://a:1', AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: 'false' }],
    [{ AWS_ENDPOINT_URL: '', AWS_USE_FIPS_ENDPOINT: 'false', AWS_USE_DUALSTACK_ENDPOINT: 'false' }],
    [{ AWS_ACCOUNT_ID_ENDPOINT_MODE: 'preferred' }],
  ])('goes with %j where the SDK goes with it', async (variables) => {
    for (const service of SERVICES) {
      expect(await addressOf('lean', service, variables as never)).toBe(
        await addressOf('sdk', service, variables as never),
      );
    }
  });

  test.each([
    ['AWS_USE_FIPS_ENDPOINT', 'true'],
    ['AWS_USE_DUALSTACK_ENDPOINT', 'true'],
    ['AWS_ACCOUNT_ID_ENDPOINT_MODE', 'required'],
  ])('refuses %s=%s, and names the setting that takes it', async (variable, value) => {
    expect(await addressOf('lean', 'dynamoDb', { [variable]: value })).toBe(
      `Cannot call AWS: ${variable} is "${value}", which takes the SDK's own clients: deploy with -c awsClient=sdk`,
    );
    expect(await addressOf('sdk', 'dynamoDb', { [variable]: value })).not.toContain(
      'dynamodb.eu-west-1.amazonaws.com',
    );
  });
});
