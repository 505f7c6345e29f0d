/** @module The plain CDK command line against an endpoint. */

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CommandFailed, command, ROOT } from '../support/command.ts';

export const CDK = join(ROOT, 'node_modules/.bin/cdk');

/** Where emulators keep everything of credentials that name no account. */
const ACCOUNT = '000000000000';

export const REGION = 'us-east-1';

/** What every client of an emulator reads. Any key will do, as long as it is everywhere the same. */
export const awsEnv = (endpoint: string): NodeJS.ProcessEnv => ({
  ...process.env,
  AWS_ENDPOINT_URL: endpoint,
  AWS_REGION: REGION,
  AWS_DEFAULT_REGION: REGION,
  AWS_ACCESS_KEY_ID: 'test',
  AWS_SECRET_ACCESS_KEY: 'test',
  CDK_DISABLE_CLI_TELEMETRY: 'true',
});

/** Outputs by stack, as the CLI writes them. */
export type StackOutputs = Readonly<Record<string, Readonly<Record<string, string>>>>;

export type Cdk = {
  bootstrap(): Promise<unknown>;
  /** @throws {UnknownKinds} where the emulator does not have a resource type */
  deploy(
    assembly: string,
    parameters: readonly string[],
    outputsFile: string,
  ): Promise<StackOutputs>;
  destroy(assembly: string): Promise<unknown>;
};

/** The emulator refuses a template for resources of these types, or of `<type>.<property>`. */
export class UnknownKinds extends Error {
  readonly kinds: readonly string[];

  constructor(kinds: readonly string[], options: ErrorOptions) {
    super(`the emulator does not have ${kinds.join(', ')}`, options);
    this.kinds = kinds;
  }
}

const UNKNOWN = /Unrecognized resource types: \[([^\]]+)\]/;
const UNKNOWN_PROPERTY = /(AWS::\w+::\w+) Properties\.(\w+) \([^)]*\) is not supported/;

/** What the emulator refuses, from what the command line printed. */
function refusedIn(output: string): readonly string[] {
  const [, types] = UNKNOWN.exec(output) ?? [];
  if (types !== undefined) return types.split(/,\s*/);
  const [, type, property] = UNKNOWN_PROPERTY.exec(output) ?? [];
  return type === undefined ? [] : [`${type}.${property}`];
}

/** @param bootstrapFrom an assembly, which the CLI wants even where it needs none */
export function cdkAt(endpoint: string, bootstrapFrom: string): Cdk {
  const run = (seconds: number, ...args: readonly string[]) =>
    command(CDK, args, { seconds, env: awsEnv(endpoint) });
  return {
    bootstrap: () => run(120, 'bootstrap', `aws://${ACCOUNT}/${REGION}`, '--app', bootstrapFrom),
    async deploy(assembly, parameters, outputsFile) {
      try {
        await run(
          240,
          ...['deploy', '--all', '--app', assembly, '--require-approval', 'never'],
          ...['--outputs-file', outputsFile],
          ...parameters.flatMap((one) => ['--parameters', one]),
        );
      } catch (error) {
        const kinds = error instanceof CommandFailed ? refusedIn(error.output) : [];
        if (kinds.length === 0) throw error;
        throw new UnknownKinds(kinds, { cause: error });
      }
      return JSON.parse(await readFile(outputsFile, 'utf8')) as StackOutputs;
    },
    destroy: (assembly) => run(240, 'destroy', '--all', '--force', '--app', assembly),
  };
}
