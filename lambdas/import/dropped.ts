/** @module Which object an event is about: what is no object of ours must fail, and read nothing. */

import { INCOMING } from '../../adapters/import-bucket.ts';

/** The parts that are needed of EventBridge's "Object Created". */
export type ObjectCreated = {
  readonly detail?: {
    readonly bucket?: { readonly name?: unknown };
    /** The key is as it is, not encoded. */
    readonly object?: { readonly key?: unknown };
    /** The account that put it there. */
    readonly requester?: unknown;
  };
};

/** @throws {TypeError} naming what the event lacks */
export function droppedIn(
  { detail }: ObjectCreated,
  imports: string,
): { readonly key: string; readonly requester: string } {
  const { bucket, object, requester } = detail ?? {};
  const key = object?.key;
  if (bucket?.name !== imports || typeof key !== 'string' || !key.startsWith(INCOMING)) {
    throw new TypeError(
      `Cannot import ${JSON.stringify(key)} of bucket ${JSON.stringify(bucket?.name)}: products are dropped into "${imports}" below "${INCOMING}"`,
    );
  }
  return { key, requester: typeof requester === 'string' ? requester : 'unknown' };
}
