/** @module How functions call AWS: with `adapters/lean-client.ts`, or with the clients of the SDK. */

export const AWS_CLIENTS = ['lean', 'sdk'] as const;

export type AwsClient = (typeof AWS_CLIENTS)[number];

/** The folder of `dist/` that holds the functions' bundles. */
export const bundlesOf = (client: AwsClient): string =>
  client === 'lean' ? 'functions' : `functions-${client}`;
