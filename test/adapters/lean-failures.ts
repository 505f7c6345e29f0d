/** @module Answers with which DynamoDB refuses, as it writes them. */

import { type Failure, page, REQUEST, refusal } from './refusal.ts';
import { ok } from './scripted-aws.ts';

const DYNAMO = 'com.amazonaws.dynamodb.v20120810';
const WIRE_ITEM = {
  pk: { S: 'CLAIM#1' },
  holder: { B: 'AAH+/w==' },
  held: { BS: ['AQ==', 'AgM='] },
  deep: { M: { list: { L: [{ B: 'CQ==' }] } } },
};

/** Refusals that are final: the same request would be refused again. */
const FINAL: readonly Omit<Failure, 'asked'>[] = [
  {
    name: 'a failed condition, with the item as it is',
    answer: refusal(400, `${DYNAMO}#ConditionalCheckFailedException`, {
      message: 'The conditional request failed',
      Item: WIRE_ITEM,
    }),
  },
  {
    name: 'a failed condition, without an item',
    answer: refusal(400, `${DYNAMO}#ConditionalCheckFailedException`, { Message: 'failed' }),
  },
  {
    name: 'a cancelled transaction, with its reasons',
    answer: refusal(400, `${DYNAMO}#TransactionCanceledException`, {
      Message: 'Transaction cancelled',
      CancellationReasons: [{ Code: 'None' }, { Code: 'ConditionalCheckFailed', Item: WIRE_ITEM }],
    }),
  },
  {
    name: 'a malformed request',
    answer: refusal(400, 'com.amazon.coral.validate#ValidationException', { message: 'no' }),
  },
  {
    name: 'a table that is not there',
    answer: refusal(400, `${DYNAMO}#ResourceNotFoundException`, { message: 'no table' }),
  },
  {
    name: 'an error that nobody knows',
    answer: refusal(400, 'x.y#NewException', { message: 'n' }),
  },
  {
    name: 'an error without a message',
    answer: refusal(400, `${DYNAMO}#ReplicaNotFoundException`),
  },
  {
    name: 'an error that is named in a header',
    answer: refusal(
      400,
      undefined,
      { message: 'm' },
      { 'x-amzn-errortype': 'BackupInUseException:http://x/' },
    ),
  },
  { name: 'an error without a name', answer: refusal(400, undefined, { message: 'who am I' }) },
  {
    name: 'an error named by a code',
    answer: refusal(400, undefined, { code: 'IndexNotFoundException' }),
  },
  { name: 'a 400 with an empty body', answer: { status: 400, headers: REQUEST } },
  { name: 'a 400 that is no JSON', answer: page(400) },
  { name: 'a 403 that is a list', answer: { ...ok('[1]', REQUEST), status: 403 } },
  {
    name: 'a 200 that breaks off in the middle of its JSON',
    answer: ok('{"Attributes":{"a"', REQUEST),
  },
  {
    name: 'a redirection',
    answer: { status: 301, headers: { ...REQUEST, location: 'http://x/' } },
  },
  {
    name: 'credentials that have expired',
    answer: refusal(400, 'com.amazon.coral.service#ExpiredTokenException', { message: 'expired' }),
  },
  {
    name: 'credentials that nobody knows',
    answer: refusal(400, 'com.amazon.coral.service#UnrecognizedClientException', {
      message: 'who',
    }),
  },
  {
    name: 'no permission',
    answer: refusal(400, 'com.amazon.coral.service#AccessDeniedException', { Message: 'not you' }),
  },
  {
    name: 'a signature that is wrong',
    answer: refusal(400, 'com.amazon.coral.service#InvalidSignatureException', { message: 'no' }),
  },
];

/** Failures that may be over the next time. */
const PASSING: readonly Omit<Failure, 'asked'>[] = [
  {
    name: 'a hot key, with the reasons of throttling',
    answer: refusal(400, `${DYNAMO}#ProvisionedThroughputExceededException`, {
      message: 'too much',
      ThrottlingReasons: [{ reason: 'TableWriteKeyRangeThroughputExceeded', resource: 'arn:t' }],
    }),
  },
  {
    name: 'throttling, with its reasons',
    answer: refusal(400, `${DYNAMO}#ThrottlingException`, {
      message: 'too much',
      throttlingReasons: [{ reason: 'TableWriteMaxOnDemandThroughputExceeded', resource: 'arn:t' }],
    }),
  },
  {
    name: 'throttling of the account',
    answer: refusal(400, `${DYNAMO}#RequestLimitExceeded`, { message: 'too much' }),
  },
  {
    name: 'throttling by coral',
    answer: refusal(400, 'com.amazon.coral.availability#ThrottlingException'),
  },
  { name: 'a limit of the service', answer: refusal(400, `${DYNAMO}#LimitExceededException`) },
  {
    name: 'a 429 that nobody knows',
    answer: refusal(429, 'x#SlowDownPlease', { message: 'slow' }),
  },
  { name: 'a 429 with an empty body', answer: { status: 429, headers: REQUEST } },
  { name: 'a 429 that is no JSON', answer: page(429) },
  {
    name: 'an internal error',
    answer: refusal(500, `${DYNAMO}#InternalServerError`, { message: 'i' }),
  },
  { name: 'a 500 that nobody knows', answer: refusal(500, 'x#Unheard', { message: 'i' }) },
  { name: 'a 502 with an empty body', answer: { status: 502, headers: REQUEST } },
  { name: 'a 503 that is no JSON', answer: page(503) },
  { name: 'a 504 without a name', answer: refusal(504, undefined, {}) },
  {
    name: 'a signature that has expired',
    answer: refusal(400, 'com.amazon.coral.service#InvalidSignatureException', {
      message: 'Signature expired: 20261127T200000Z is now earlier than 20261127T201000Z',
    }),
  },
];

export const FAILURES: readonly Failure[] = [
  ...FINAL.map((failure) => ({ ...failure, asked: 1 as const })),
  ...PASSING.map((failure) => ({ ...failure, asked: 2 as const })),
];
