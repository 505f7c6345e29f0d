/** @module An AWS call as it stands on the wire, and how a service of ours answers it. */

export type AwsRequest = {
  readonly method: string;
  /** With its query, path style for buckets. */
  readonly path: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array;
};

export type AwsResponse = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
};

/** A service of ours: answers an operation, or throws an {@link AwsError}. */
export type Service = (
  operation: string,
  request: AwsRequest,
) => Promise<AwsResponse> | AwsResponse;

/** An error as AWS answers it. */
export class AwsError extends Error {
  readonly code: string;
  readonly status: number;

  constructor(code: string, message: string, status = 400) {
    super(message);
    this.code = code;
    this.status = status;
  }
}

const encoder = new TextEncoder();

export const jsonResponse = (
  status: number,
  document: unknown,
  headers: Readonly<Record<string, string>> = {},
): AwsResponse => ({
  status,
  headers: { 'content-type': 'application/x-amz-json-1.1', ...headers },
  body: encoder.encode(JSON.stringify(document)),
});

/** The form that clients of both JSON protocols and of REST understand. */
export const errorResponse = ({ code, message, status }: AwsError): AwsResponse =>
  jsonResponse(status, { __type: code, message, Message: message }, { 'x-amzn-errortype': code });

export const textOf = (body: string | Uint8Array): string =>
  typeof body === 'string'
    ? body
    : // A view, not a copy: the SDK's own kind of bytes also turns into text by itself, with a warning.
      Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString('utf8');

/** The document in a request's body; an empty body is an empty document. */
export function documentOf<T>({ body }: AwsRequest): T {
  return JSON.parse(textOf(body) || '{}') as T;
}
