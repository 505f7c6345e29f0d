/**
 * @module
 * Takes the place of `@aws-sdk/credential-provider-node` in the bundles: reads the variables that Lambda sets.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html
 */

const read = (name: string): string => {
  const value = process.env[name];
  if (!value) throw new Error(`Cannot sign: environment variable "${name}" is not set`);
  return value;
};

/** The SDK's clients import it by this name. */
export const defaultProvider = () => async () => {
  const sessionToken = process.env['AWS_SESSION_TOKEN'];
  return {
    accessKeyId: read('AWS_ACCESS_KEY_ID'),
    secretAccessKey: read('AWS_SECRET_ACCESS_KEY'),
    ...(sessionToken ? { sessionToken } : {}),
  };
};
