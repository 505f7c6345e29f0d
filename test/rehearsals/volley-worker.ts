/** @module The thread that fires volleys: it must not share an event loop with the stack. */

import { parentPort, workerData } from 'node:worker_threads';
import { openClient, type Reply } from '../../load/client.ts';
import type { Hit, Shot } from './volley.ts';

const { site, connections } = workerData as {
  readonly site: string;
  readonly connections: number;
};
const client = openClient(site, connections);

function hitOf({ status, headers, body, text }: Reply): Hit {
  return {
    status,
    body,
    code: typeof body['code'] === 'string' ? body['code'] : undefined,
    retryAfter: Number(headers['retry-after'] ?? 0),
    cookie: [headers['set-cookie'] ?? ''].flat()[0]?.split(';', 1)[0] ?? '',
    isFromGate: headers['x-cache'] === 'FunctionGeneratedResponse from cloudfront',
    // JSON is handed over as what it says; only a script has a text of its own.
    text: text.startsWith('window.') ? text : '',
  };
}

async function fire(shots: readonly Shot[]): Promise<void> {
  const replies = shots.map(({ method, path, headers }) =>
    // One purpose for all: nobody asks what an attack would have cost.
    client.ask('buy', method, path, { headers }),
  );
  parentPort?.postMessage((await Promise.all(replies)).map(hitOf));
}

parentPort?.on('message', (message: readonly Shot[] | 'close') => {
  if (message === 'close') void client.close().then(() => parentPort?.close());
  else void fire(message);
});
