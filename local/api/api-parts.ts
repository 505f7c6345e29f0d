/** @module A REST API as the templates declare it, in parts that name each other. */

import type { AccessLogSpec } from '../cloudwatch/access-log.ts';

export type Throttle = { readonly rate: number; readonly burst: number };

export type MethodPart = {
  readonly apiId: string;
  readonly resourceId: string;
  /** `GET`, …, or `ANY`. */
  readonly method: string;
  readonly apiKeyRequired: boolean;
  readonly functionArn: string;
  readonly integrationTimeoutMs: number;
  /** `method.request.querystring.x` and the like, that must be there. */
  readonly requiredParameters: readonly string[];
  readonly validatorId: string | undefined;
  /** Ids of JSON Schema models, by content type. */
  readonly models: Readonly<Record<string, string>>;
};

export type ResponsePart = {
  readonly apiId: string;
  /** `THROTTLED`, `DEFAULT_4XX`, … */
  readonly type: string;
  readonly status: number | undefined;
  readonly headers: Readonly<Record<string, string>>;
  readonly template: string | undefined;
};

export type StagePart = {
  readonly apiId: string;
  readonly name: string;
  /** Where it writes of each request, if it does. */
  readonly accessLog: AccessLogSpec | undefined;
  /** By `METHOD path`, where both can be a star. */
  readonly throttles: ReadonlyMap<string, Throttle>;
};

export type PlanPart = {
  readonly throttle: Throttle | undefined;
  readonly stages: readonly {
    readonly apiId: string;
    readonly stage: string;
    /** By `METHOD path`. */
    readonly throttles: ReadonlyMap<string, Throttle>;
  }[];
};

export type ApiParts = {
  readonly apis: Map<string, { readonly name: string; readonly binaryTypes: readonly string[] }>;
  readonly resources: Map<
    string,
    { readonly apiId: string; readonly parent: string; readonly part: string }
  >;
  readonly methods: MethodPart[];
  readonly responses: ResponsePart[];
  readonly stages: StagePart[];
  readonly keys: Map<string, { readonly value: string; readonly enabled: boolean }>;
  readonly plans: Map<string, PlanPart>;
  readonly planKeys: { readonly keyId: string; readonly planId: string }[];
  readonly validators: Map<string, { readonly body: boolean; readonly parameters: boolean }>;
  readonly models: Map<string, { readonly name: string; readonly schema: object }>;
};
