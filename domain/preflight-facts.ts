/** @module What the preflight learns of an account, a deployment and a sale, before anything is judged. */

import type { Verdict } from './audit.ts';
import type { Learnt } from './preflight-line.ts';
import type { EpochMs } from './units.ts';

/** Requests per second, and how many may come at once before it counts. */
export type Rate = { readonly rate: number; readonly burst: number };

/** What a quota is worth here. `default`: what every account has, where nothing says what this one has. */
export type QuotaValue = { readonly value: number; readonly is: 'applied' | 'default' };

export type PlanFacts = Rate & {
  readonly name: string;
  /** The plan's own throttles by `<path>/<METHOD>`. */
  readonly methods: Readonly<Record<string, Rate>>;
};

export type ApiFacts = {
  /** The account's throttle in this Region. */
  readonly account: Learnt<Rate>;
  /** The usage plans that open the shoppers' API. */
  readonly plans: Learnt<readonly PlanFacts[]>;
  /** What one method of its stage takes under any key. */
  readonly method: Learnt<Rate>;
};

export type FunctionFacts = {
  /** Environments kept for it, its ceiling too; or that there are none. */
  readonly reserved: Learnt<number | 'unreserved'>;
  readonly version: Learnt<{
    /** What the alias points to, such as `7`. */
    readonly number: string;
    /** `Active`, `Pending`, `Inactive`, `Failed`. */
    readonly state: string;
    /** A second version that gets a share of the calls: a deployment is going on. */
    readonly other?: string;
  }>;
  readonly provisioned: Learnt<Provisioned | 'none'>;
};

export type Provisioned = {
  readonly requested: number;
  readonly available: number;
  /** `IN_PROGRESS`, `READY`, `FAILED`. */
  readonly status: string;
  readonly reason?: string;
};

export type LambdaFacts = {
  /** Environments of the account, and those that no function has reserved. */
  readonly account: Learnt<{ readonly total: number; readonly unreserved: number }>;
  readonly buy: FunctionFacts;
  readonly record: FunctionFacts;
};

export type TableFacts = {
  readonly name: string;
  readonly description: Learnt<{
    /** `ACTIVE`, `UPDATING`, … */
    readonly status: string;
    /** Write units/s that it takes at once; absent where this place has no warm throughput. */
    readonly warmWrites?: number;
    /** A ceiling of its own, in write units/s. */
    readonly maxWrites?: number;
    readonly isProtected: boolean;
  }>;
  /** Whether it can be put back to any second of the last 35 days. */
  readonly recovery: Learnt<boolean>;
};

export type ScheduleFacts = {
  /** `ENABLED` or `DISABLED`. */
  readonly state: string;
  /** When it fires, or fires first. */
  readonly at: EpochMs | undefined;
  /** What it calls. */
  readonly target: string;
};

/** A schedule that a sale should have. */
export type ScheduleWanted = {
  readonly name: string;
  /** When it is to fire, or to fire first. */
  readonly at: EpochMs;
  /** After that it may be gone: a schedule that fires once deletes itself. */
  readonly until: EpochMs;
  readonly target: string;
};

export type AlarmFacts = {
  readonly name: string;
  /** `OK`, `ALARM`, `INSUFFICIENT_DATA`. */
  readonly state: string;
  /** Whether anybody hears of it. */
  readonly acts: boolean;
};

export type KeyFacts = { readonly active: string; readonly keys: Readonly<Record<string, string>> };

/** What a URL answered. */
export type Answer = {
  readonly status: number;
  /** Header by its name in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
};

export type PageFacts = {
  readonly page: Learnt<Answer>;
  readonly data: Learnt<Answer>;
  readonly list: Learnt<Answer>;
  readonly flag: Learnt<Answer>;
  /** How far this machine is ahead of the edge, and how wrong that may be; ms. */
  readonly clock: Learnt<{ readonly aheadMs: number; readonly errorMs: number }>;
};

/** What an identity issuer says of itself. */
export type IssuerFacts = {
  /** What it calls itself. */
  readonly issuer: string;
  /** How many keys it signs with. */
  readonly keys: number;
};

/** A schedule, as it should be and as it is. */
export type Scheduled = {
  readonly wanted: ScheduleWanted;
  readonly fact: Learnt<ScheduleFacts | 'missing'>;
};

/** How many messages a dead-letter queue has, waiting or being looked at. */
export type Undone = { readonly name: string; readonly fact: Learnt<number> };

/** An item's stock as it stands in the tables. */
export type StockFacts = {
  readonly sku: string;
  /** Units that the live status says there are; absent where there is no live status. */
  readonly said?: number;
  /** Units of all shards together, for sale or not. */
  readonly counted: number;
  /** Restocks that there have been. */
  readonly grants: number;
};

/** Which quotas are asked for: by code, or by name where no code is known. */
export type QuotaNames = {
  readonly tableWrites: { readonly service: string; readonly code: string };
  readonly schedules: { readonly service: string; readonly code: string };
  readonly edge: { readonly service: string; readonly name: string };
};

export type AccountFacts = {
  readonly api: ApiFacts;
  readonly lambda: LambdaFacts;
  readonly quotas: {
    readonly tableWrites: Learnt<QuotaValue>;
    readonly schedules: Learnt<QuotaValue>;
    readonly edge: Learnt<(QuotaValue & { readonly code: string }) | 'not-listed'>;
  };
  readonly tables: Readonly<Record<'catalogue' | 'stock' | 'orders', TableFacts>>;
  readonly distribution: Learnt<{ readonly status: string; readonly isEnabled: boolean }>;
  readonly alarms: Learnt<readonly AlarmFacts[]>;
  readonly deadLetters: readonly Undone[];
};

/** What the KeyValueStore holds under a key; nothing where it holds nothing. */
export type Entry = Readonly<Record<string, unknown>> | undefined;

export type GateFacts = {
  readonly settings: Learnt<Entry>;
  readonly keys: {
    readonly secret: Learnt<KeyFacts>;
    readonly edge: Learnt<KeyFacts | undefined>;
  };
  readonly paymentKey: Learnt<boolean>;
  readonly issuer: Learnt<IssuerFacts>;
};

/** What publishing has made of a sale. */
export type SaleFacts = {
  readonly audit: Learnt<Verdict>;
  readonly stock: Learnt<readonly StockFacts[]>;
  readonly entry: { readonly wanted: object; readonly found: Learnt<Entry> };
  readonly schedules: readonly Scheduled[];
  /** What the page should load. */
  readonly data: object;
};
