/** @module Collects a response of an engine. */

import type { Dispatcher } from 'undici';
import type { AwsResponse } from '../services/aws-http.ts';

export function responseHandler(
  resolve: (response: AwsResponse) => void,
  reject: (error: Error) => void,
  signal: AbortSignal | undefined,
): Dispatcher.DispatchHandler {
  const chunks: Uint8Array[] = [];
  let status = 0;
  let headers: Readonly<Record<string, string>> = {};
  let stopListening = () => {};
  return {
    onRequestStart: (controller) => {
      if (signal === undefined) return;
      const abort = () => controller.abort(new Error('the request was given up'));
      signal.addEventListener('abort', abort);
      stopListening = () => signal.removeEventListener('abort', abort);
      if (signal.aborted) abort();
    },
    onResponseStart: (_controller, statusCode, given) => {
      status = statusCode;
      headers = given as Record<string, string>;
    },
    onResponseData: (_controller, chunk) => {
      chunks.push(chunk);
    },
    onResponseEnd: () => {
      stopListening();
      resolve({ status, headers, body: joined(chunks) });
    },
    onResponseError: (_controller, error) => {
      stopListening();
      reject(error);
    },
  };
}

const joined = (chunks: readonly Uint8Array[]): Uint8Array =>
  chunks.length === 1 && chunks[0] !== undefined ? chunks[0] : Buffer.concat(chunks);
