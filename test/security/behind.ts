/** @module Behind CloudFront: what the API is sent, and calls of it that come around the site. */

import type { Running } from '../../local/running.ts';
import type { Scene } from '../stack/scene.ts';
import { invocationsIn } from '../support/invocations.ts';

type Api = Running['apis'] extends ReadonlyMap<string, infer A> ? A : never;

type ApiRequest = Parameters<Api['handle']>[0];

type DirectAnswer = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
  // biome-ignore lint/suspicious/noExplicitAny: each test says what it expects
  readonly body: Readonly<Record<string, any>>;
};

export type Behind = {
  /** Every request that reached an API, in order. */
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

/** Listens to what reaches the APIs of a scene: that of shoppers, and that of operators. */
export function watchApi({ ask, stack }: Scene): Behind {
  const apis = [...(stack as Running).apis];
  const arrived: ApiRequest[] = [];
  const listenTo = (isOperators: boolean): Api['handle'] => {
    const [, api] = apis.find(([id]) => id.startsWith('OperatorApi') === isOperators) ?? [];
    if (api === undefined) throw new Error('Cannot watch the APIs: the stack lacks one');
    const handle = api.handle.bind(api);
    api.handle = (request) => {
      arrived.push(request);
      return handle(request);
    };
    return handle;
  };
  const shoppers = listenTo(false);
  const operators = listenTo(true);
  return {
    arrived,
    async keys(saleId) {
      const keyOn = async (method: string, path: string) => {
        const from = arrived.length;
        await ask(method, path);
        return arrived[from]?.headers['x-api-key'] ?? '';
      };
      return {
        // No such methods or paths: they reach the API, and of shoppers no function.
        buy: await keyOn('POST', `/api/sales/${saleId}/a/b/orders`),
        browse: await keyOn('GET', '/api/nothing'),
        operate: await keyOn('GET', '/api/operator/nothing'),
      };
    },
    async call(method, path, headers = {}, body = '') {
      const [pathname = '', search = ''] = path.split('?', 2);
      const handle = pathname.startsWith('/api/operator/') ? operators : shoppers;
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
