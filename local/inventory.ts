/** @module What the templates ask for, collected before anything starts. */

import type { ApiParts } from './api/api-parts.ts';
import type { VirtualClock } from './clock.ts';
import type { EdgeParts } from './cloudfront/edge-parts.ts';
import type { AlarmSpec } from './cloudwatch/alarm.ts';
import type { LogFilterSpec } from './cloudwatch/log-filter.ts';
import { KeyValueStores } from './services/key-value-store.ts';
import { Secrets } from './services/secrets.ts';

export type TableSpec = { readonly name: string; readonly createTable: object };

export type QueueSpec = {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
};

export type FunctionSpec = {
  /** What tests and metrics call it: `Buy`. */
  readonly name: string;
  /** The construct path below its stack. */
  readonly path: string;
  readonly physicalName: string;
  readonly arn: string;
  /** `nodejs24.x`, … */
  readonly runtime: string;
  /** The folder of the bundle; undefined where the code is no asset. */
  readonly folder: string | undefined;
  /** `index.handler` */
  readonly handler: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly timeoutMs: number;
  readonly memoryMb: number;
  readonly reservedConcurrency: number | undefined;
  /** Queue for asynchronous events that failed three times. */
  readonly deadLetterArn: string | undefined;
};

export type SourceSpec = {
  readonly functionArn: string;
  readonly queueArn: string;
  readonly batchSize: number;
  readonly windowMs: number;
  readonly partialFailures: boolean;
  readonly maxConcurrency: number | undefined;
};

export type RuleSpec = {
  readonly name: string;
  readonly bus: string;
  readonly pattern: Readonly<Record<string, unknown>> | undefined;
  readonly targets: readonly {
    readonly arn: string;
    readonly input: string | undefined;
    /** Queue for what the target failed to do three times. */
    readonly deadLetterArn: string | undefined;
  }[];
};

/** A schedule that the template itself declares. */
export type ScheduleSpec = {
  readonly name: string;
  readonly input: Readonly<Record<string, unknown>>;
};

export type FilesSpec = {
  /** Folders, or archives that hold them. */
  readonly sources: readonly string[];
  /** For each source, what its markers stand for. */
  readonly markers: readonly Readonly<Record<string, string>>[];
  readonly bucket: string;
  /** Before each key; empty, or with a slash at its end. */
  readonly prefix: string;
  /** As `aws s3 sync` takes them: excluded first, then included again. */
  readonly exclude: readonly string[];
  readonly include: readonly string[];
  readonly headers: Readonly<Record<string, string>>;
};

/** Where the stack listens already: queues and distributions are named after it. */
export type InventoryUrls = { readonly awsUrl: string; readonly siteUrl: string };

export class Inventory {
  readonly awsUrl: string;
  readonly siteUrl: string;
  readonly tables: TableSpec[] = [];
  readonly queues: QueueSpec[] = [];
  readonly buckets: string[] = [];
  /** Those of them that tell the default bus of new objects. */
  readonly tellingBuckets = new Set<string>();
  readonly buses = new Set<string>(['default']);
  readonly rules: RuleSpec[] = [];
  readonly scheduleGroups = new Set<string>(['default']);
  readonly schedules: ScheduleSpec[] = [];
  readonly functions: FunctionSpec[] = [];
  readonly sources: SourceSpec[] = [];
  readonly files: FilesSpec[] = [];
  readonly alarms: AlarmSpec[] = [];
  readonly logFilters: LogFilterSpec[] = [];
  readonly secrets = new Secrets();
  readonly stores: KeyValueStores;
  readonly api: ApiParts = {
    apis: new Map(),
    resources: new Map(),
    methods: [],
    responses: [],
    stages: [],
    keys: new Map(),
    plans: new Map(),
    planKeys: [],
    validators: new Map(),
    models: new Map(),
  };
  readonly edge: EdgeParts = {
    distributions: [],
    functions: new Map(),
    cachePolicies: new Map(),
    originRequestPolicies: new Map(),
    responseHeadersPolicies: new Map(),
    addressSets: new Map(),
    webAcls: new Map(),
  };

  constructor(urls: InventoryUrls, clock: VirtualClock, storeDelayMs: number) {
    this.awsUrl = urls.awsUrl;
    this.siteUrl = urls.siteUrl;
    this.stores = new KeyValueStores(clock, storeDelayMs);
  }

  /** The URL of a queue; engine and SDK clients look at its last segment alone. */
  queueUrl(name: string): string {
    return `${this.awsUrl}/000000000000/${name}`;
  }
}
