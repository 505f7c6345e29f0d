/** @module Behind CloudFront: what the API is sent, and calls of it that come around the site. */

import type { Running } from '../../local/running.ts';
import type { Scene } from '../stack/scene.ts';
import { invocationsIn } from '../support/invocations.ts';

type Api = Running['apis'] extends Map<string, infer A> ? A : never;

type ApiRequest = Parameters<Api['handle']>[0];

type DirectAnswer = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
  // biome-ignore lint/suspicious/noExplicitAny: each test says what it expects
  readonly body: Readonly<Record<string, any>>;
};

export type Behind = {
  /** Every request that reached the API, in order. */
  readonly arrived: ApiRequest[];
  /** The API keys that CloudFront sends, by the kind of traffic. @param saleId a sale that is published */
  keys(saleId: string): Promise<Readonly<Record<'buy' | 'browse' | 'operate', string>>>;
  /** Calls the API as somebody does who knows its address. */
  call(
    method: string,
    path: string,
    headers?: Readonly<Record<string, string>>,
    body?: string,
  ): Promise<DirectAnswer>;
  /** How often functions were invoked so far. */
  invocations(): number;
};

/** Listens to what reaches the API of a scene. */
export function watchApi({ ask, stack }: Scene): Behind {
  const [api] = (stack as Running).apis.values();
  if (api === undefined) throw new Error('Cannot watch the API: the stack has none');
  const arrived: ApiRequest[] = [];
  const handle = api.handle.bind(api);
  api.handle = (request) => {
    arrived.push(request);
    return handle(request);
  };
  return {
    arrived,
    async keys(saleId) {
      const keyOn = async (method: string, path: string) => {
        const from = arrived.length;
        await ask(method, path);
        return arrived[from]?.headers['x-api-key'] ?? '';
      };
      return {
        // No such methods or paths: they reach the API, and no function.
        buy: await keyOn('POST', `/api/sales/${saleId}/a/b/orders`),
        browse: await keyOn('GET', '/api/nothing'),
        operate: await keyOn('GET', '/api/operator/nothing'),
      };
    },
    async call(method, path, headers = {}, body = '') {
      const [pathname = '', search = ''] = path.split('?', 2);
      const answer = await handle({
        ...{ method, path: pathname, search, headers, sourceIp: '192.0.2.1' },
        body: Buffer.from(body),
      });
      const text = String(answer.body);
      return { ...answer, body: text.startsWith('{') ? JSON.parse(text) : {} };
    },
    invocations: () => invocationsIn(stack),
  };
}
