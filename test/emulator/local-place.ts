/** @module The same stacks on our own local stack, reached as others reach it: by its AWS endpoint and its CloudFront. */

import { deployment, outputsFrom } from '../../adapters/deployment.ts';
import { startLocalStack } from '../../local/stack.ts';
import { freePort } from '../support/free-port.ts';
import type { Place, Run } from './place.ts';
import type { Steps } from './report.ts';

/** Starts it from the assembly as it was synthesised. */
export async function openLocal(
  run: Run,
  steps: Steps,
  log: (line: string) => void,
): Promise<Place & { close(): Promise<void> }> {
  const port = await freePort();
  const provider = { port, url: `http://127.0.0.1:${port}` };
  const stack = await steps.step('deploy', 120, () =>
    startLocalStack({
      ...{ assembly: run.assembly, log },
      parameters: { PaymentProviderUrl: provider.url },
    }),
  );
  const { awsUrl: endpoint, siteUrl: edge, outputs } = stack;
  steps.skipped('bootstrap', 'the local stack is its own deployment: it reads the assembly');
  steps.skipped('the API without CloudFront', 'the local stack has no other door to it');
  return {
    ...{ steps, endpoint, edge, provider, stacks: { local: outputs } },
    deployment: deployment(outputsFrom(outputs), { endpoint }),
    close: () => steps.step('destroy', 60, () => stack.stop()),
  };
}
