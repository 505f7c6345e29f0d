/**
 * @module
 * A client of an AWS service that speaks JSON: the SDK's own commands, and of its middlewares those four that do the work
 * (serializer, retries, signature, deserializer), in one chain for all calls. The SDK's client puts a stack of twenty
 * together for each. `test/adapters/lean-client.test.ts` holds it to the same requests, answers and errors as the SDK's
 * client. What it calls are inner interfaces of the SDK: its versions are pinned, and `-c awsClient=sdk` deploys the
 * SDK's own clients instead.
 */

import { AwsSdkSigV4Signer } from '@aws-sdk/core/httpAuthSchemes';
import { httpSigningMiddleware } from '@smithy/core';
import type { HttpProtocol } from '@smithy/core/protocols';
import { retryMiddleware, StandardRetryStrategy } from '@smithy/core/retry';
import { getSchemaSerdePlugin } from '@smithy/core/schema';
import type { HttpRequest, RequestSigner } from '@smithy/types';
import { CALL_TIMEOUT_MS, clientOverrides, MAX_ATTEMPTS } from './aws-clients.ts';
import { endpointOf } from './aws-endpoint.ts';
import { variableOr } from './env.ts';
import { httpTransport } from './http-transport.ts';
import { requestSigner } from './request-signer.ts';

/** What there is to know of a service. */
export type Service = {
  /** As the SDK names it: `Secrets Manager`. */
  readonly id: string;
  /** What its endpoint begins with, and what requests are signed for: `secretsmanager`. */
  readonly name: string;
  readonly protocol: HttpProtocol;
  /** How long the SDK's client of this service waits at most before it calls again, in ms, for a start. */
  readonly retryDelayMs: number;
};

/** A command of the SDK. */
type Command = { readonly input: object; readonly schema?: unknown };

/** A client as the SDK has them, as far as functions use it: no call-backs, no middleware, nothing to abort. */
export type LeanClient = { send(command: Command): Promise<object> };

type Call = { readonly input: object; readonly request?: HttpRequest };
type Answer = { readonly response: unknown; readonly output: { readonly $metadata: object } };
type Step = (call: Call) => Promise<Answer>;
type Middleware = (next: Step, context: never) => Step;

export function leanClient(service: Service): LeanClient {
  const { requestHandler = httpTransport(CALL_TIMEOUT_MS) } = clientOverrides();
  const transport = (({ request }) => requestHandler.handle(request as HttpRequest)) as Step;
  const { serializer, deserializer } = serde(service);
  const retried = retrying(service);
  const signature = httpSigningMiddleware({}) as Middleware;
  const headed = heading(variableOr('AWS_LAMBDA_FUNCTION_NAME', ''));
  const scheme = signing(service);
  return {
    async send({ input, schema }) {
      const context = {
        __smithy_context: { operationSchema: schema, selectedHttpAuthScheme: scheme() },
      } as never;
      const signed = signature(deserializer(transport, context), context);
      const { output } = await serializer(headed(retried(signed, context)), context)({ input });
      return output;
    },
  };
}

/** The SDK's serializer and deserializer are to be had as a plugin of a stack alone. */
function serde({ id, name, protocol }: Service) {
  const found: Record<string, Middleware> = {};
  const stack = {
    add(middleware: Middleware, options: { readonly name: string }) {
      found[options.name] = middleware;
    },
  };
  let endpoint: ReturnType<typeof endpointOf> | undefined;
  const settings = { protocol, endpoint: async () => (endpoint ??= endpointOf(id, name)) };
  getSchemaSerdePlugin(settings as never).applyToStack(stack as never);
  const { serializerMiddleware: serializer, deserializerMiddleware: deserializer } = found;
  if (serializer && deserializer) return { serializer, deserializer };
  throw new TypeError('Cannot make a client of AWS: the SDK has no serializer where it had one');
}

/**
 * The SDK's middleware repeats calls, and is asked only where one has failed: it makes an error for each call, good or bad,
 * which takes longer than the signature.
 */
function retrying({ retryDelayMs }: Service): Middleware {
  const strategy = new StandardRetryStrategy({
    maxAttempts: MAX_ATTEMPTS,
    baseDelay: retryDelayMs,
  });
  const retries = retryMiddleware({
    retryStrategy: async () => strategy,
    maxAttempts: async () => MAX_ATTEMPTS,
  } as never) as Middleware;
  return (next, context) => async (call) => {
    try {
      const answer = await next(call);
      strategy.recordSuccess(FIRST);
      Object.assign(answer.output.$metadata, { attempts: 1, totalRetryDelay: 0 });
      return answer;
    } catch (failed) {
      return retries(afterFirst(failed, next), context)(call);
    }
  };
}

/** What the first attempt came to, and then the next attempts. */
function afterFirst(failed: unknown, next: Step): Step {
  let isFirst = true;
  return async (call) => {
    if (!isFirst) return next(call);
    isFirst = false;
    throw failed;
  };
}

/** What the strategy knows of a call that succeeds at once: it cost no retry. */
const FIRST = { getRetryCost: () => undefined } as never;

/** How each call is signed. The SDK keeps in `config` by how much this machine's clock differs from that of AWS. */
function signing({ name }: Service): () => object {
  let made: RequestSigner | undefined = clientOverrides().signer;
  const config = { signer: async () => (made ??= requestSigner(name)), systemClockOffset: 0 };
  const signer = new AwsSdkSigV4Signer();
  return () => ({
    httpAuthOption: { signingProperties: { context: {}, config } },
    signer,
  });
}

/** What three more middlewares of the SDK add to the headers of a request. */
const heading =
  (functionName: string) =>
  (next: Step): Step =>
  (call) => {
    const { headers, hostname, port, body } = call.request as HttpRequest;
    headers['host'] = port === undefined ? hostname : `${hostname}:${port}`;
    headers['content-length'] = String(body.byteLength ?? Buffer.byteLength(body));
    headers['user-agent'] = 'flash-sale';
    // Lambda stops functions that call each other in circles by it. It is another one at each invocation.
    const trace = functionName && variableOr('_X_AMZN_TRACE_ID', '');
    if (trace) headers['X-Amzn-Trace-Id'] = trace;
    return next(call);
  };
