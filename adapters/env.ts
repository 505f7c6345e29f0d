/** @module The only reader of `process.env` in deployed code. */

type Reader<T> = (value: string) => T;

/** What a function reads: a reader for each of its variables. */
export type EnvSpec = Readonly<Record<string, Reader<unknown>>>;

/** The values that a spec reads. */
export type EnvOf<S extends EnvSpec> = { readonly [K in keyof S]: ReturnType<S[K]> };

/** One string for each variable of a spec: what a stack must supply, no more and no less. */
export type EnvVars<S extends EnvSpec> = { readonly [K in keyof S]: string };

/** Reads a variable that must not be empty. */
export const text: Reader<string> = (value) => {
  if (value === '') throw new RangeError('is empty');
  return value;
};

/** Reads a variable that may be empty, for what a place can leave out. */
export const optionalText: Reader<string> = (value) => value;

/** Reads a whole number, 0 or more. */
export const wholeNumber: Reader<number> = (value) => {
  if (/^\d{1,15}$/.test(value)) return Number(value);
  throw new RangeError(`is no whole number: "${value}"`);
};

/**
 * Reads the variables of a spec.
 *
 * @throws {Error} naming the first variable that is not set or that its reader refuses
 */
export function readEnv<S extends EnvSpec>(
  spec: S,
  source: Readonly<Record<string, string | undefined>> = process.env,
): EnvOf<S> {
  const read = (name: string, reader: Reader<unknown>) => {
    const value = source[name];
    if (value === undefined) {
      throw new Error(`Cannot start: environment variable "${name}" is not set`);
    }
    try {
      return reader(value);
    } catch (cause) {
      throw new Error(`Cannot start: environment variable "${name}" ${(cause as Error).message}`, {
        cause,
      });
    }
  };
  return Object.fromEntries(
    Object.entries(spec).map(([name, reader]) => [name, read(name, reader)]),
  ) as EnvOf<S>;
}

/** A variable that every function has, and that tests and tools go without. */
export const variableOr = (name: string, otherwise: string): string =>
  process.env[name] ?? otherwise;

function needed(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`Cannot call AWS: environment variable "${name}" is not set`);
  return value;
}

/** The Region that a function runs in. Lambda sets it. */
export const region = (): string => needed('AWS_REGION');

/**
 * What a function signs its calls with: the variables that Lambda sets, for as long as an environment lives.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html
 */
export function credentials() {
  const sessionToken = process.env['AWS_SESSION_TOKEN'];
  return {
    accessKeyId: needed('AWS_ACCESS_KEY_ID'),
    secretAccessKey: needed('AWS_SECRET_ACCESS_KEY'),
    ...(sessionToken ? { sessionToken } : {}),
  };
}
