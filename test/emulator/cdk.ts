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
  /** @throws {UnknownTypes} where the emulator does not have a resource type */
  deploy(
    assembly: string,
    parameters: readonly string[],
    outputsFile: string,
  ): Promise<StackOutputs>;
  destroy(assembly: string): Promise<unknown>;
};

/** The emulator refuses a template for the types of its resources. */
export class UnknownTypes extends Error {
  readonly types: readonly string[];

  constructor(types: readonly string[], options: ErrorOptions) {
    super(`the emulator does not have ${types.join(', ')}`, options);
    this.types = types;
  }
}

const UNKNOWN = /Unrecognized resource types: \[([^\]]+)\]/;

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
        const found = error instanceof CommandFailed ? UNKNOWN.exec(error.output) : null;
        if (found === null) throw error;
        throw new UnknownTypes(found[1]!.split(/,\s*/), { cause: error });
      }
      return JSON.parse(await readFile(outputsFile, 'utf8')) as StackOutputs;
    },
    destroy: (assembly) => run(240, 'destroy', '--all', '--force', '--app', assembly),
  };
}
