/** @module Who types at this command line: whose AWS credentials they are, or the user of this machine. */

import { hostname, userInfo } from 'node:os';
import { GetCallerIdentityCommand, STSClient, type STSClientConfig } from '@aws-sdk/client-sts';
import type { Operator } from '../domain/journal.ts';

/**
 * @param settings where to ask whose the credentials are; nothing on a local stack, where anybody's are as good
 */
export async function operatorHere(settings: STSClientConfig | undefined): Promise<Operator> {
  const from = `command line on ${hostname()}`;
  if (settings === undefined) return { name: userInfo().username, from };
  const { Arn } = await new STSClient(settings).send(new GetCallerIdentityCommand({}));
  return { name: Arn ?? 'unknown', from };
}
