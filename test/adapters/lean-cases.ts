/** @module Each command that a function sends through a lean client, with whatever it can carry, and an answer to it. */

import {
  BatchGetItemCommand,
  PutItemCommand,
  QueryCommand,
  ScanCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { GetSecretValueCommand } from '@aws-sdk/client-secrets-manager';
import { SendMessageBatchCommand, SendMessageCommand } from '@aws-sdk/client-sqs';
import type { ServiceName } from './lean-pair.ts';

export type Case = {
  /** As `lean-commands.ts` names it. */
  readonly name: string;
  readonly service: ServiceName;
  readonly command: object;
  readonly answer: object;
};

const TEXT = 'größe "1"\n\t\\ \u0001 🎫 \ud83c 日本';

/** Every kind of value that there is. */
const ITEM = {
  pk: { S: TEXT },
  n: { N: '-12.5e3' },
  bytes: { B: new Uint8Array([0, 1, 254, 255]) },
  holders: { BS: [new Uint8Array([1]), new Uint8Array([2, 3]), new Uint8Array(18).fill(7)] },
  names: { SS: ['a', TEXT] },
  numbers: { NS: ['1', '2'] },
  yes: { BOOL: true },
  no: { BOOL: false },
  nothing: { NULL: true },
  list: { L: [{ S: 'x' }, { M: { deep: { N: '1' } } }, { B: new Uint8Array([9]) }] },
  empty: { M: {} },
};

/** As it comes over the wire. */
const WIRE = {
  ...ITEM,
  bytes: { B: 'AAH+/w==' },
  holders: { BS: ['AQ==', 'AgM='] },
  list: { L: [{ S: 'x' }, { M: { deep: { B: 'CQ==' } } }] },
};

const KEY = { pk: { S: 'CLAIM#s#u#1' } };
const URL = 'https://sqs.eu-west-1.amazonaws.com/123456789012/Orders';
const CAPACITY = { TableName: 'Stock', CapacityUnits: 1.5, Table: { CapacityUnits: 1.5 } };

/** More than the serializer has room for at first. */
const LARGE = 'm'.repeat(20_000);

export const CASES: readonly Case[] = [
  {
    name: 'dynamodb BatchGetItemCommand',
    service: 'dynamoDb',
    command: new BatchGetItemCommand({
      RequestItems: {
        Catalogue: { Keys: [KEY, { pk: { S: 'b' }, sk: { S: TEXT } }], ConsistentRead: false },
        Stock: { Keys: [KEY], ConsistentRead: true },
      },
    }),
    answer: {
      Responses: { Catalogue: [WIRE, {}], Stock: [] },
      UnprocessedKeys: { Stock: { Keys: [{ pk: { B: 'AQ==' } }], ConsistentRead: true } },
      ConsumedCapacity: [CAPACITY],
    },
  },
  {
    name: 'dynamodb PutItemCommand',
    service: 'dynamoDb',
    command: new PutItemCommand({
      TableName: 'Stock',
      Item: ITEM,
      ConditionExpression: 'attribute_not_exists(#0) OR (#0 = :0)',
      ExpressionAttributeNames: { '#0': 'pk' },
      ExpressionAttributeValues: { ':0': { S: TEXT } },
      ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
    }),
    answer: {},
  },
  {
    name: 'dynamodb UpdateItemCommand',
    service: 'dynamoDb',
    command: new UpdateItemCommand({
      TableName: 'Stock',
      Key: KEY,
      ConditionExpression: '#0 >= :0',
      UpdateExpression: 'ADD #0 :1, #1 :2',
      ReturnValues: 'ALL_NEW',
      ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      ExpressionAttributeNames: { '#0': 'avail', '#1': 'held' },
      ExpressionAttributeValues: {
        ':0': { N: '1' },
        ':1': { N: '-1' },
        ':2': { BS: [new Uint8Array(18).fill(3)] },
      },
    }),
    answer: { Attributes: WIRE, ConsumedCapacity: CAPACITY },
  },
  {
    name: 'dynamodb QueryCommand',
    service: 'dynamoDb',
    command: new QueryCommand({
      TableName: 'Orders',
      KeyConditionExpression: '#0 = :0 AND begins_with(#1, :1)',
      ExpressionAttributeNames: { '#0': 'pk', '#1': 'sk' },
      ExpressionAttributeValues: { ':0': { S: 'a' }, ':1': { S: TEXT } },
      ScanIndexForward: false,
      Limit: 25,
      ConsistentRead: true,
      ProjectionExpression: '#0',
      ExclusiveStartKey: KEY,
    }),
    answer: { Items: [WIRE], Count: 1, ScannedCount: 7, LastEvaluatedKey: { pk: { B: 'AQ==' } } },
  },
  {
    name: 'dynamodb ScanCommand',
    service: 'dynamoDb',
    command: new ScanCommand({ TableName: 'Catalogue', ConsistentRead: true, Segment: 0 }),
    answer: { Items: [WIRE, WIRE], Count: 2, ScannedCount: 2 },
  },
  {
    name: 'secrets-manager GetSecretValueCommand',
    service: 'secretsManager',
    command: new GetSecretValueCommand({ SecretId: 'arn:aws:secretsmanager:…:secret:x' }),
    answer: {
      ARN: 'arn',
      Name: 'Signing',
      CreatedDate: 1_763_000_000.123,
      SecretString: '{"active":"k1","k1":"…"}',
      SecretBinary: 'AAH+/w==',
      VersionStages: ['AWSCURRENT'],
    },
  },
  {
    name: 'sqs SendMessageCommand',
    service: 'sqs',
    command: new SendMessageCommand({ QueueUrl: URL, MessageBody: `{"text":"${TEXT}${LARGE}"}` }),
    answer: { MessageId: 'm-1', MD5OfMessageBody: 'of another body' },
  },
  {
    name: 'sqs SendMessageBatchCommand',
    service: 'sqs',
    command: new SendMessageBatchCommand({
      QueueUrl: URL,
      Entries: [
        { Id: '0', MessageBody: TEXT, DelaySeconds: 0 },
        { Id: '1', MessageBody: 'two' },
      ],
    }),
    answer: {
      Successful: [{ Id: '0', MessageId: 'm-1', MD5OfMessageBody: 'of another body' }],
      Failed: [{ Id: '1', Code: 'InternalError', SenderFault: false, Message: TEXT }],
    },
  },
  {
    name: 'eventbridge PutEventsCommand',
    service: 'eventBridge',
    command: new PutEventsCommand({
      Entries: [
        {
          EventBusName: 'Bus',
          Source: 'flash-sale',
          DetailType: 'order.reserved',
          Detail: JSON.stringify({ text: TEXT }),
          Time: new Date('2026-11-27T20:00:00.250Z'),
          Resources: ['arn:1'],
        },
      ],
    }),
    answer: {
      FailedEntryCount: 1,
      Entries: [{ EventId: 'e-1' }, { ErrorCode: 'InternalFailure' }],
    },
  },
];

/** One of them, where any will do. */
export const caseOf = (name: string): Case => {
  const found = CASES.find((one) => one.name.endsWith(` ${name}`));
  if (found === undefined) throw new TypeError(`there is no case of "${name}"`);
  return found;
};
