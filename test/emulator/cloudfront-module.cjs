/**
 * @module
 * Loaded into the Node processes of an emulator (`NODE_OPTIONS=--require`) that runs CloudFront Functions without the
 * runtime's module `cloudfront`: it reads the KeyValueStore through the API that the emulator has for it.
 */

const vm = require('node:vm');

const ENDPOINT = process.env.AWS_ENDPOINT_URL ?? 'http://127.0.0.1:4566';

/** No signature: an emulator looks at the service's name alone. */
const signedFor = (service) => ({
  authorization: `AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/${service}/aws4_request, SignedHeaders=host;x-amz-date, Signature=0`,
  'x-amz-date': '20260101T000000Z',
});

let known;

/** The only store that there is: the emulator does not tell a function which one is its own. */
async function storeArn() {
  if (known) return known;
  const list = await fetch(`${ENDPOINT}/2020-05-31/key-value-store`, {
    headers: signedFor('cloudfront'),
  });
  known = /<ARN>([^<]+)<\/ARN>/.exec(await list.text())?.[1];
  if (!known) throw new Error('Cannot find the KeyValueStore: the emulator lists none');
  return known;
}

async function get(key, { format = 'string' } = {}) {
  const arn = await storeArn();
  const path = `/key-value-stores/${encodeURIComponent(arn)}/keys/${encodeURIComponent(key)}`;
  const answer = await fetch(ENDPOINT + path, { headers: signedFor('cloudfront-keyvaluestore') });
  if (!answer.ok) throw new Error(`KeyNotFound: ${key}`);
  const { Value } = await answer.json();
  return format === 'json' ? JSON.parse(Value) : Value;
}

const cloudfront = { kvs: () => ({ get }) };

const { createContext } = vm;

vm.createContext = (sandbox, ...rest) => {
  const theirs = sandbox?.require;
  if (typeof theirs === 'function') {
    sandbox.require = (name) => (name === 'cloudfront' ? cloudfront : theirs(name));
  }
  return createContext(sandbox, ...rest);
};
