/** @module The issuer, in a thread of its own: it looks at prototypes, which Jest's modules do not share with Node's. */

import { parentPort } from 'node:worker_threads';
import { OAuth2Server } from 'oauth2-mock-server';
import type { Question } from './issuer.ts';

const server = new OAuth2Server();

async function answer(question: Question): Promise<unknown> {
  switch (question.kind) {
    case 'start':
      if (question.port === 0) await server.issuer.keys.generate('RS256');
      await server.start(question.port, '127.0.0.1');
      return server.issuer.url;
    case 'stop':
      return server.stop();
    case 'token':
      return server.issuer.buildToken({
        scopesOrTransform: (_, payload) => void Object.assign(payload, question.claims),
      });
  }
}

parentPort?.on('message', async ({ id, question }: { id: number; question: Question }) => {
  const value = await answer(question).catch((error: Error) => error.message);
  parentPort?.postMessage({ id, value });
});
