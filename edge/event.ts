/**
 * @module
 * The shapes that CloudFront hands to a viewer request function and takes back from it.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/functions-event-structure.html
 */

type Value = { readonly value: string };

/** Header names are in lower case. */
export type Headers = { [name: string]: Value };

export type GateRequest = {
  readonly method: string;
  uri: string;
  readonly querystring: { readonly [name: string]: Value };
  readonly headers: Headers;
  readonly cookies: { readonly [name: string]: Value };
};

export type GateEvent = {
  readonly context: { readonly requestId: string };
  readonly viewer: { readonly ip: string };
  readonly request: GateRequest;
};

export type GateResponse = {
  readonly statusCode: number;
  readonly headers: Headers;
  readonly cookies?: { readonly [name: string]: { value: string; attributes: string } };
  readonly body?: { readonly encoding: 'text'; readonly data: string };
};

/** The request when it may pass, a response when the gate answers. */
export type Outcome = GateRequest | GateResponse;
