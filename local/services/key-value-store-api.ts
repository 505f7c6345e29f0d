/** @module The data API of CloudFront KeyValueStores: every change needs the ETag of what it changes. */

import {
  AwsError,
  type AwsRequest,
  type AwsResponse,
  documentOf,
  jsonResponse,
  type Service,
} from './aws-http.ts';
import type { KeyValueStore, KeyValueStores, StoreChange } from './key-value-store.ts';

type Update = {
  readonly Puts?: readonly { readonly Key: string; readonly Value: string }[];
  readonly Deletes?: readonly { readonly Key: string }[];
};

type Answer = (store: KeyValueStore, key: string, request: AwsRequest) => AwsResponse;

/** What one update may change at most. */
const MOST_KEYS = 50;
const LONGEST_KEY_BYTES = 512;
const LONGEST_VALUE_BYTES = 1024;

const ANSWERS: Readonly<Record<string, Answer>> = {
  DescribeKeyValueStore: (store) =>
    jsonResponse(
      200,
      {
        KvsARN: store.arn,
        ...sizeOf(store),
        Created: store.created / 1000,
        LastModified: store.modified / 1000,
        Status: 'READY',
      },
      { etag: store.etag },
    ),
  GetKey: (store, key) =>
    jsonResponse(200, { Key: key, Value: valueAt(store, key), ...sizeOf(store) }),
  ListKeys: (store, _, { path }) => listKeys(store, new URLSearchParams(path.split('?')[1])),
  PutKey: (store, key, request) => {
    const { Value } = documentOf<{ Value: string }>(request);
    return change(store, request, { puts: [{ key, value: Value }], deletes: [] });
  },
  DeleteKey: (store, key, request) => change(store, request, { puts: [], deletes: [key] }),
  UpdateKeys: (store, _, request) => {
    const { Puts = [], Deletes = [] } = documentOf<Update>(request);
    return change(store, request, {
      puts: Puts.map(({ Key, Value }) => ({ key: Key, value: Value })),
      deletes: Deletes.map(({ Key }) => Key),
    });
  },
};

export const keyValueStoreApi =
  (stores: KeyValueStores): Service =>
  (operation, request) => {
    const [bare = ''] = request.path.split('?');
    const [, , arn = '', , key = ''] = bare.split('/').map(decodeURIComponent);
    const store = stores.find(arn);
    const answer = ANSWERS[operation];
    if (store === undefined || answer === undefined) {
      throw new AwsError('ResourceNotFoundException', `There is no KeyValueStore "${arn}"`, 404);
    }
    return answer(store, key, request);
  };

const sizeOf = (store: KeyValueStore) => ({
  ItemCount: store.values.size,
  TotalSizeInBytes: store.bytes,
});

function valueAt(store: KeyValueStore, key: string): string {
  const value = store.values.get(key);
  if (value === undefined)
    throw new AwsError('ResourceNotFoundException', `There is no key "${key}"`, 404);
  return value;
}

function listKeys(store: KeyValueStore, query: URLSearchParams): AwsResponse {
  const from = Number(query.get('NextToken') ?? 0);
  const size = Number(query.get('MaxResults') ?? 10);
  const all = [...store.values].sort(([a], [b]) => (a < b ? -1 : 1));
  const Items = all.slice(from, from + size).map(([Key, Value]) => ({ Key, Value }));
  const next = from + size < all.length ? { NextToken: `${from + size}` } : {};
  return jsonResponse(200, { Items, ...next });
}

function change(store: KeyValueStore, { headers }: AwsRequest, wanted: StoreChange): AwsResponse {
  const match = headers['if-match'];
  if (match === undefined) throw new AwsError('ValidationException', 'If-Match is missing');
  if (match !== store.etag) {
    throw new AwsError('ConflictException', 'The ETag is not the one of the current version', 409);
  }
  check(wanted);
  store.change(wanted);
  return jsonResponse(200, sizeOf(store), { etag: store.etag });
}

function check({ puts, deletes }: StoreChange) {
  if (puts.length + deletes.length > MOST_KEYS) {
    throw new AwsError('ValidationException', `An update changes at most ${MOST_KEYS} keys`);
  }
  for (const { key, value } of puts) {
    if (
      Buffer.byteLength(key) > LONGEST_KEY_BYTES ||
      Buffer.byteLength(value) > LONGEST_VALUE_BYTES
    ) {
      throw new AwsError('ValidationException', `Key or value of "${key}" is too long`);
    }
  }
}
