/** @module Answers with which AWS refuses, and how often a client then asks in all. */

import { type Answer, ok } from './scripted-aws.ts';

export type Failure = {
  readonly name: string;
  readonly answer: Answer;
  /** Requests that both clients make: 2 where a second one may help. */
  readonly asked: 1 | 2;
};

/** Where an answer's ids stand, be it good or bad. */
export const REQUEST = { 'x-amzn-requestid': 'R9', 'x-amz-id-2': 'I9', 'x-amz-cf-id': 'C9' };

/** A refusal in JSON. @param type what stands in `__type`, if anything */
export const refusal = (
  status: number,
  type: string | undefined,
  members: object = {},
  headers: Answer['headers'] = {},
): Answer => ({
  ...ok({ ...(type !== undefined && { __type: type }), ...members }, { ...REQUEST, ...headers }),
  status,
});

/** What a gateway between says in its own words. */
export const page = (status: number): Answer => ({
  ...ok('<html>no gateway</html>', { ...REQUEST, 'content-type': 'text/html' }),
  status,
});
