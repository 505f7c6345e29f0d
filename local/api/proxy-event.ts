/** @module A request as a Lambda proxy integration of a REST API hands it over (payload version 1). */

import { type HttpRequest, queryOf } from '../http-message.ts';
import { mapValues } from '../map-values.ts';
import type { Route } from './routes.ts';
import type { Client } from './usage-plans.ts';

export type ProxyContext = {
  readonly apiId: string;
  readonly stage: string;
  readonly requestId: string;
  readonly now: number;
  readonly client: Client | undefined;
  readonly isBinary: boolean;
};

const decoder = new TextDecoder();

export function proxyEvent(request: HttpRequest, route: Route, context: ProxyContext): object {
  const domainName = `${context.apiId}.execute-api.us-east-1.amazonaws.com`;
  const query = queryOf(request.search);
  const headers = headersOf(request, domainName);
  return {
    resource: route.path,
    path: request.path,
    httpMethod: request.method,
    headers,
    multiValueHeaders: mapValues(headers, (value) => [value]),
    queryStringParameters: query.size === 0 ? null : lastValues(query),
    multiValueQueryStringParameters: query.size === 0 ? null : Object.fromEntries(query),
    pathParameters: route.parameters,
    stageVariables: null,
    requestContext: contextOf(request, route, context, domainName),
    body: bodyOf(request.body, context.isBinary),
    isBase64Encoded: context.isBinary && request.body.length > 0,
  };
}

const headersOf = ({ headers, sourceIp }: HttpRequest, domainName: string) => ({
  ...headers,
  Host: domainName,
  'X-Forwarded-For': headers['x-forwarded-for'] ?? sourceIp,
  'X-Forwarded-Port': '443',
  'X-Forwarded-Proto': 'https',
});

function contextOf(
  request: HttpRequest,
  route: Route,
  { apiId, stage, requestId, now, client }: ProxyContext,
  domainName: string,
): object {
  return {
    accountId: '000000000000',
    apiId,
    domainName,
    domainPrefix: apiId,
    extendedRequestId: requestId,
    httpMethod: request.method,
    identity: {
      accountId: null,
      apiKey: client?.key ?? null,
      apiKeyId: client?.keyId ?? null,
      caller: null,
      sourceIp: request.sourceIp,
      user: null,
      userAgent: request.headers['user-agent'] ?? null,
      userArn: null,
    },
    path: `/${stage}${request.path}`,
    protocol: 'HTTP/1.1',
    requestId,
    requestTime: new Date(now).toUTCString(),
    requestTimeEpoch: now,
    resourceId: route.part.resourceId,
    resourcePath: route.path,
    stage,
  };
}

function bodyOf(body: Uint8Array, isBinary: boolean): string | null {
  if (body.length === 0) return null;
  return isBinary ? Buffer.from(body).toString('base64') : decoder.decode(body);
}

const lastValues = (query: ReadonlyMap<string, readonly string[]>): Record<string, string> =>
  Object.fromEntries([...query].map(([name, values]) => [name, values.at(-1) ?? '']));
