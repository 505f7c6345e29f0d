/** @module An OpenID Connect issuer that signs whatever a test says. */

import { Worker } from 'node:worker_threads';

export type Question =
  | { readonly kind: 'start'; readonly port: number }
  | { readonly kind: 'stop' }
  | { readonly kind: 'token'; readonly claims: Readonly<Record<string, unknown>> };

export type Issuer = {
  readonly url: string;
  /** An ID token; a claim that is undefined is left out. */
  token(claims: Readonly<Record<string, unknown>>): Promise<string>;
  /** Ends the server for as long as something runs. */
  without<T>(run: () => Promise<T>): Promise<T>;
  stop(): Promise<void>;
};

export async function startIssuer(): Promise<Issuer> {
  const worker = new Worker(new URL('issuer-worker.ts', import.meta.url));
  const waiting = new Map<number, (value: never) => void>();
  worker.on('message', ({ id, value }) => waiting.get(id)?.(value as never));
  let asked = 0;
  const ask = <T>(question: Question): Promise<T> =>
    new Promise((resolve) => {
      asked += 1;
      waiting.set(asked, resolve);
      worker.postMessage({ id: asked, question });
    });
  const url = await ask<string>({ kind: 'start', port: 0 });
  return {
    url,
    token: (claims) => ask({ kind: 'token', claims }),
    async without(run) {
      await ask({ kind: 'stop' });
      try {
        return await run();
      } finally {
        await ask({ kind: 'start', port: Number(new URL(url).port) });
      }
    },
    stop: async () => void (await worker.terminate()),
  };
}
