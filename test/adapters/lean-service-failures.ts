/** @module Answers with which services other than DynamoDB refuse, as they write them. */

import { type Failure, refusal } from './refusal.ts';
import type { Answer } from './scripted-aws.ts';

/** SQS names its errors as it did when it spoke XML, in a header. */
const ofQueue = (name: string, queryError: string, status: number): Answer =>
  refusal(
    status,
    `com.amazonaws.sqs#${name}`,
    { message: 'm' },
    { 'x-amzn-query-error': queryError },
  );

export const QUEUE_FAILURES: readonly Failure[] = [
  {
    name: 'a queue that is not there',
    answer: ofQueue('QueueDoesNotExist', 'AWS.SimpleQueueService.NonExistentQueue;Sender', 400),
    asked: 1,
  },
  {
    name: 'contents that are refused',
    answer: ofQueue('InvalidMessageContents', 'InvalidMessageContents;Sender', 400),
    asked: 1,
  },
  {
    name: 'a name of old that nobody knows',
    answer: ofQueue('Whatever', 'AWS.SimpleQueueService.Whatever;Sender', 400),
    asked: 1,
  },
  {
    name: 'throttling',
    answer: ofQueue('RequestThrottled', 'RequestThrottled;Sender', 400),
    asked: 2,
  },
  {
    name: 'throttling by KMS',
    answer: ofQueue('KmsThrottled', 'KMS.ThrottlingException;Sender', 400),
    asked: 1,
  },
  {
    name: 'throttling by coral',
    answer: ofQueue('ThrottlingException', 'Throttling;Sender', 400),
    asked: 2,
  },
  {
    name: 'an internal failure',
    answer: ofQueue('InternalFailure', 'InternalFailure;Receiver', 500),
    asked: 2,
  },
  { name: 'a 503 without that header', answer: refusal(503, undefined, {}), asked: 2 },
];

export const OTHER_FAILURES = [
  {
    service: 'secrets-manager GetSecretValueCommand',
    name: 'a secret that is not there',
    answer: refusal(400, 'ResourceNotFoundException', { Message: 'no secret' }),
    asked: 1,
  },
  {
    service: 'secrets-manager GetSecretValueCommand',
    name: 'an internal error',
    answer: refusal(500, 'InternalServiceError', { Message: 'i' }),
    asked: 2,
  },
  {
    service: 'eventbridge PutEventsCommand',
    name: 'throttling',
    answer: refusal(400, 'ThrottlingException', { message: 'too much' }),
    asked: 2,
  },
  {
    service: 'eventbridge PutEventsCommand',
    name: 'an internal error',
    answer: refusal(500, 'InternalException', { message: 'i' }),
    asked: 2,
  },
] as const;
