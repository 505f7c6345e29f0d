/** @module Hides what changes with every bundle from a snapshot: hashes of assets, versions and deployments. */

const HASH = /[0-9a-f]{32,64}/g;

/** A serializer of Jest's. Keys pass through it too: the ids of versions and deployments end in a hash. */
export const assetHash = {
  test: (value: unknown) => typeof value === 'string' && value.search(HASH) >= 0,
  serialize: (value: string) => JSON.stringify(value.replace(HASH, '[HASH]')),
};
