/** @module A REST API at work: finds the method, asks for a key, throttles, and invokes the function. */

import { randomUUID } from 'node:crypto';
import type { VirtualClock } from '../clock.ts';
import type { HttpRequest, HttpResponse } from '../http-message.ts';
import type { Functions } from '../lambda/functions.ts';
import type { Outcome } from '../lambda/outcome.ts';
import type { ApiParts, ResponsePart, StagePart } from './api-parts.ts';
import { type GatewayError, gatewayResponse } from './gateway-response.ts';
import { proxyEvent } from './proxy-event.ts';
import { proxyResponse } from './proxy-response.ts';
import { requestFlaw } from './request-flaw.ts';
import { type Route, Routes } from './routes.ts';
import { type Client, UsagePlans } from './usage-plans.ts';

export type ApiCount = {
  requests: number;
  /** Refused with 429, by usage plan; the stage's own throttle counts as `stage`. */
  readonly throttled: Record<string, number>;
  /** Refused for want of a key. */
  forbidden: number;
};

export type RestApiOptions = {
  readonly apiId: string;
  readonly stage: StagePart;
  readonly parts: ApiParts;
  readonly functions: Functions;
  readonly clock: VirtualClock;
  /** Whether it refuses what comes too fast. */
  readonly throttles: boolean;
  /** Hears of every answer, and what the API answered by itself. */
  readonly onAnswer?: (status: number, error: GatewayError | undefined, startedAt: number) => void;
};

/** The largest body that API Gateway takes. */
export const LARGEST_BODY = 10 * 1024 * 1024;

export class RestApi {
  readonly count: ApiCount = { requests: 0, throttled: {}, forbidden: 0 };
  private readonly options: RestApiOptions;
  private readonly routes: Routes;
  private readonly plans: UsagePlans;
  private readonly responses: readonly ResponsePart[];
  private readonly binaryTypes: ReadonlySet<string>;

  constructor(options: RestApiOptions) {
    const { apiId, parts, stage } = options;
    this.options = options;
    this.routes = new Routes(apiId, parts);
    this.plans = new UsagePlans(parts, stage);
    this.responses = parts.responses.filter((part) => part.apiId === apiId);
    this.binaryTypes = new Set(parts.apis.get(apiId)?.binaryTypes);
  }

  async handle(request: HttpRequest): Promise<HttpResponse> {
    this.count.requests += 1;
    const requestId = randomUUID();
    const startedAt = this.options.clock.now();
    const answer = await this.answer(request, requestId);
    const error = typeof answer === 'string' ? answer : undefined;
    const response =
      typeof answer === 'string' ? gatewayResponse(answer, this.responses, requestId) : answer;
    this.options.onAnswer?.(response.status, error, startedAt);
    return response;
  }

  private async answer(
    request: HttpRequest,
    requestId: string,
  ): Promise<HttpResponse | GatewayError> {
    const route = this.routes.find(request.method, request.path);
    if (route === undefined) return 'MISSING_AUTHENTICATION_TOKEN';
    const client = this.plans.client(request.headers['x-api-key']);
    const refusal = this.refusal(request, route, client);
    if (refusal !== undefined) return refusal;
    const { functions, apiId, stage, clock } = this.options;
    const event = proxyEvent(request, route, {
      apiId,
      stage: stage.name,
      requestId,
      now: clock.now(),
      client,
      isBinary: this.isBinary(request),
    });
    const outcome = await functions.find(route.part.functionArn).invoke(event);
    return answerOf(outcome, requestId);
  }

  private refusal(
    request: HttpRequest,
    { part, path }: Route,
    client: Client | undefined,
  ): GatewayError | undefined {
    if (part.apiKeyRequired && client === undefined) {
      this.count.forbidden += 1;
      return 'INVALID_API_KEY';
    }
    const metered = part.apiKeyRequired ? client : undefined;
    const { clock, throttles } = this.options;
    if (throttles && !this.plans.admits(metered, request.method, path, clock.now())) {
      const plan = metered?.plan ?? 'stage';
      this.count.throttled[plan] = (this.count.throttled[plan] ?? 0) + 1;
      return 'THROTTLED';
    }
    if (request.body.length > LARGEST_BODY) return 'REQUEST_TOO_LARGE';
    return requestFlaw(request, part, this.options.parts);
  }

  private isBinary({ headers }: HttpRequest): boolean {
    if (this.binaryTypes.size === 0) return false;
    const type = headers['content-type']?.split(';')[0]?.trim() ?? '';
    return this.binaryTypes.has('*/*') || this.binaryTypes.has(type);
  }
}

function answerOf(outcome: Outcome, requestId: string): HttpResponse | GatewayError {
  if (outcome.kind === 'returned') {
    return proxyResponse(outcome.value, requestId) ?? 'LAMBDA_FAILURE';
  }
  if (outcome.kind === 'timed-out') return 'INTEGRATION_TIMEOUT';
  return outcome.kind === 'throttled' ? 'LAMBDA_THROTTLED' : 'LAMBDA_FAILURE';
}
