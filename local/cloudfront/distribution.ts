/** @module A CloudFront distribution at work: behaviour, function, cache, origin, headers. */

import type { VirtualClock } from '../clock.ts';
import type { HttpRequest, HttpResponse } from '../http-message.ts';
import type { Inventory } from '../inventory.ts';
import { WebAcl } from '../waf/web-acl.ts';
import { type Behavior, type BehaviorCount, behaviorOf } from './behavior.ts';
import { type Cached, EdgeCache } from './edge-cache.ts';
import { edgeEvent, edgeResponseOf, requestOf, responseOf } from './edge-event.ts';
import type { EdgeEvent, EdgeRequest, EdgeResponse } from './edge-function.ts';
import type { DistributionPart } from './edge-parts.ts';
import { cacheKey, isOwnHeader, originRequest } from './forwarding.ts';
import { type OriginsOptions, originOf } from './origins.ts';

/** A request whose body is read only when it passes the edge. */
export type ViewerRequest = Omit<HttpRequest, 'body'> & {
  readonly sourcePort: number;
  readBody(): Promise<Uint8Array>;
};

export type DistributionOptions = OriginsOptions & {
  readonly part: DistributionPart;
  readonly inventory: Inventory;
  readonly clock: VirtualClock;
  /** `cloudfront-viewer-…` headers, by name in lower case. */
  readonly viewer: Readonly<Record<string, string>>;
};

const NO_BODY = new Uint8Array();

export class Distribution {
  readonly cache: EdgeCache;
  private readonly webAcl: WebAcl | undefined;
  private readonly options: DistributionOptions;
  private readonly behaviors: readonly Behavior[];

  constructor(options: DistributionOptions) {
    const { part, clock } = options;
    this.options = options;
    this.cache = new EdgeCache(clock, part.errors);
    this.webAcl = part.webAcl && new WebAcl(part.webAcl);
    const origins = new Map(
      part.origins.map((one) => [one.id, { origin: originOf(one, options), headers: one.headers }]),
    );
    this.behaviors = part.behaviors.map((one) => behaviorOf(one, { ...options, origins }));
  }

  /** Counts by path pattern. */
  get counts(): Record<string, BehaviorCount> {
    return Object.fromEntries(
      this.behaviors.map(({ part, count }) => [part.pattern, { ...count }]),
    );
  }

  /** Requests that the web ACL did not let through, by rule. */
  get refused(): Record<string, number> {
    return { ...this.webAcl?.refused };
  }

  /** The web ACL first: what it refuses meets no function, no cache and no policy. */
  async handle(viewer: ViewerRequest): Promise<HttpResponse> {
    const inspection = this.webAcl?.inspect(viewer, this.options.clock.now());
    if (inspection === undefined) return this.behave(viewer);
    if (inspection.kind === 'refused') return finishedByWaf(inspection.response);
    return this.behave({ ...viewer, headers: inspection.headers });
  }

  private async behave(viewer: ViewerRequest): Promise<HttpResponse> {
    const behavior = this.behaviors.find(({ matches }) => matches.test(viewer.path));
    // The default behaviour, which is last, matches everything.
    if (behavior === undefined) return refused(404, 'NotFound');
    behavior.count.requests += 1;
    if (!behavior.part.methods.has(viewer.method)) return refused(403, 'MethodNotAllowed');
    const incoming = { ...viewer, body: NO_BODY, headers: this.headersFor(viewer, behavior) };
    const event = edgeEvent(incoming, this.options.part.id);
    const gated = await behavior.viewerRequest?.(event);
    if (gated !== undefined && 'statusCode' in gated) {
      behavior.count.edge += 1;
      return finished(responseOf(gated), behavior, 'FunctionGeneratedResponse from cloudfront');
    }
    const passed = gated === undefined ? incoming : requestOf(gated as EdgeRequest, incoming);
    const request = { ...passed, path: this.objectOf(passed.path), body: await viewer.readBody() };
    const cached = await this.fetch(request, behavior);
    return this.answer(request, event, cached, behavior);
  }

  private async fetch(request: HttpRequest, behavior: Behavior): Promise<Cached> {
    const { cachePolicy, part } = behavior;
    const ask = (etag?: string) => {
      behavior.count.origin += 1;
      const sent = originRequest(request, behavior.policies, behavior.originHeaders);
      if (etag === undefined) return behavior.origin(sent);
      return behavior.origin({ ...sent, headers: { ...sent.headers, 'if-none-match': etag } });
    };
    if (cachePolicy.maxSeconds === 0 || !part.cachedMethods.has(request.method)) {
      return { response: await ask(), how: 'miss', age: 0 };
    }
    const key = `${part.pattern} ${cacheKey(request, cachePolicy)}`;
    // Of a whole answer that is there a HEAD needs only the head.
    const method =
      request.method === 'HEAD' && this.cache.has(`GET ${key}`) ? 'GET' : request.method;
    const cached = await this.cache.get(`${method} ${key}`, cachePolicy, ask);
    if (cached.how === 'hit') behavior.count.hits += 1;
    return cached;
  }

  private async answer(
    request: HttpRequest,
    event: EdgeEvent,
    { response, how, age }: Cached,
    behavior: Behavior,
  ): Promise<HttpResponse> {
    const page = await this.errorPage(response, request, behavior);
    const changed = await this.viewerResponse(page, event, behavior);
    const miss = response.status >= 400 ? 'Error' : 'Miss';
    const label = `${{ hit: 'Hit', refreshed: 'RefreshHit', miss }[how]} from cloudfront`;
    const done = finished(changed, behavior, label);
    const headers = how === 'hit' ? { ...done.headers, age: `${age}` } : done.headers;
    if (response.status === 200 && isUnchanged(request, headers)) {
      return { status: 304, headers, body: NO_BODY };
    }
    return { ...done, headers };
  }

  private async viewerResponse(
    response: HttpResponse,
    event: EdgeEvent,
    { viewerResponse }: Behavior,
  ): Promise<HttpResponse> {
    if (viewerResponse === undefined) return response;
    const context = { ...event.context, eventType: 'viewer-response' as const };
    const changed = await viewerResponse({ ...event, context, response: edgeResponseOf(response) });
    return { ...responseOf(changed as EdgeResponse), body: response.body };
  }

  private async errorPage(
    response: HttpResponse,
    request: HttpRequest,
    { origin, policies, originHeaders }: Behavior,
  ): Promise<HttpResponse> {
    if (response.status < 400) return response;
    const rule = this.options.part.errors.find(({ code }) => code === response.status);
    if (rule?.page === undefined) return response;
    const page = { ...request, method: 'GET', path: rule.page, body: NO_BODY };
    const target = this.behaviors.find(({ matches }) => matches.test(page.path));
    const fetchPage = target?.origin ?? origin;
    const own = target?.originHeaders ?? originHeaders;
    const found = await fetchPage(originRequest(page, target?.policies ?? policies, own));
    return { ...found, status: rule.status ?? response.status };
  }

  private headersFor(viewer: ViewerRequest, { ownHeaders }: Behavior): Record<string, string> {
    const { headers, sourceIp, sourcePort } = viewer;
    const all: Record<string, string> = {};
    // What begins so CloudFront itself says, and nobody else.
    for (const name in headers) if (!isOwnHeader(name)) all[name] = headers[name] ?? '';
    all['cloudfront-forwarded-proto'] = 'http';
    for (const name of ownHeaders) {
      const value =
        name === 'cloudfront-viewer-address'
          ? `${sourceIp}:${sourcePort}`
          : this.options.viewer[name];
      if (value !== undefined) all[name] = value;
    }
    return all;
  }

  private objectOf(path: string): string {
    return path === '/' ? `/${this.options.part.rootObject}` : path;
  }
}

function finished(response: HttpResponse, { set, remove }: Behavior, label: string): HttpResponse {
  const headers = { ...response.headers };
  for (const name of remove) delete headers[name];
  for (const { name, value, override } of set) {
    if (override || headers[name] === undefined) headers[name] = value;
  }
  headers['x-cache'] = label;
  return { status: response.status, headers, body: response.body };
}

const finishedByWaf = (response: HttpResponse): HttpResponse => ({
  ...response,
  headers: { ...response.headers, 'x-cache': 'Error from cloudfront' },
});

const isUnchanged = (request: HttpRequest, headers: HttpResponse['headers']): boolean =>
  headers['etag'] !== undefined && request.headers['if-none-match'] === headers['etag'];

const refused = (status: number, code: string): HttpResponse => ({
  status,
  headers: { 'content-type': 'text/html', 'x-cache': 'Error from cloudfront' },
  body: `<html><body><h1>${status} ERROR</h1><p>${code}</p></body></html>`,
});
