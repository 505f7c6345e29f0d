/**
 * What CloudFront's JavaScript runtime 2.0 has beyond ES5, as far as the gate uses it. The gate compiles against this
 * and nothing else: a name that is missing here is one that the runtime lacks.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/functions-javascript-runtime-20.html
 */

declare module 'cloudfront' {
  const cf: {
    /** The one KeyValueStore that is associated with the function. */
    kvs(): {
      /** Throws when the key is missing. */
      get(key: string, options: { format: 'json' }): Promise<unknown>;
    };
  };
  // biome-ignore lint/style/noDefaultExport: the runtime's modules have default exports alone
  export default cf;
}

declare module 'crypto' {
  interface Hmac {
    update(text: string): Hmac;
    digest(encoding: 'hex' | 'base64url'): string;
  }
  const crypto: {
    createHash(algorithm: 'sha256'): Hmac;
    createHmac(algorithm: 'sha256', key: string): Hmac;
  };
  // biome-ignore lint/style/noDefaultExport: the runtime's modules have default exports alone
  export default crypto;
}

declare const Buffer: {
  from(
    text: string,
    encoding?: 'base64' | 'base64url',
  ): { toString(encoding?: 'base64url'): string };
};
