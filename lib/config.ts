/**
 * @module
 * Every number that differs by stage, dev and prod side by side, and the settings of a deployment.
 * A number that is the same everywhere stands beside the construct that uses it.
 */

import { Duration } from 'aws-cdk-lib';
import { PriceClass } from 'aws-cdk-lib/aws-cloudfront';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { SIZES, type StageName } from '../capacity/sizes.ts';

/** Who proves who a shopper is: an OpenID Connect provider, or nobody. */
export type Identity = { readonly issuer: string; readonly audience: string } | 'none';

/** Who proves who an operator is, and what makes somebody one; or that nobody works by the page. */
type Operators =
  | {
      readonly issuer: string;
      readonly audience: string;
      /** The claim of the identity token that lists groups: `groups`, `cognito:groups`. */
      readonly groupClaim: string;
      /** Whoever is in it may do everything that the page can. */
      readonly group: string;
    }
  | 'none';

/** The site's own name, or the one that CloudFront gives. */
export type Domain =
  | {
      /** The name that shoppers type, such as `sale.example.com`. */
      readonly name: string;
      /** The hosted zone that holds the name, for the certificate's proof and the address records. */
      readonly hostedZone: { readonly id: string; readonly name: string };
      /** A certificate in us-east-1 that exists already, or `new`: validated through the hosted zone. */
      readonly certificate: { readonly arn: string } | 'new';
    }
  | 'none';

/** Groups of rules that AWS keeps, without their prefix `AWSManagedRules`. Bot Control is not among them: $10 a month. */
export type ManagedRules = 'AmazonIpReputationList' | 'KnownBadInputsRuleSet';

/** How many requests one address, and one session cookie, may send to a route within a window. */
export type RateLimit = {
  /** Requests of one address, 10 or more. Thousands of shoppers share one behind a carrier's or a company's NAT. */
  readonly perAddress: number;
  /** Requests under one session cookie, 10 or more. Requests without the cookie are not counted here. */
  readonly perShopper: number;
  /** The windows that AWS WAF has. */
  readonly windowSeconds: 60 | 120 | 300 | 600;
};

/** The web ACL in front of CloudFront; `docs/waf.md` says what each rule does and what it costs. */
export type Waf =
  | {
      readonly managedRules: readonly ManagedRules[];
      readonly rates: Readonly<Record<'session' | 'ticket' | 'buy', RateLimit>>;
      /** Blocks of addresses (CIDR) that meet neither managed rules nor rate limits nor {@link prove}. */
      readonly allow: readonly string[];
      /** Blocks of addresses (CIDR) that are refused everything. */
      readonly block: readonly string[];
      /** What a browser must have solved to open a sale's page and to begin a session. */
      readonly prove: 'challenge' | 'captcha' | 'none';
    }
  | 'off';

type ByStage<T> = Readonly<Record<StageName, T>>;

const each = <T>(dev: T, prod: T): ByStage<T> => ({ dev, prod });

/**
 * The web ACL of prod, and of `-c waf=on`. All windows are the shortest, which notices soonest.
 *
 * Addresses: a carrier's NAT has some thousand subscribers behind one address. 2,000 of them who all arrive in one
 * minute pass, each with one session, a challenge and a ticket, and two presses of Buy; a machine that sends 100
 * requests a second does not. Shoppers: a page begins one session, asks for a challenge and a ticket every 10 s at
 * most, and repeats a buy once a second while it is told `busy`; each limit is twice that or more.
 */
export const WAF_ON: Exclude<Waf, 'off'> = {
  managedRules: ['AmazonIpReputationList', 'KnownBadInputsRuleSet'],
  rates: {
    session: { perAddress: 2_000, perShopper: 20, windowSeconds: 60 },
    ticket: { perAddress: 4_000, perShopper: 30, windowSeconds: 60 },
    buy: { perAddress: 4_000, perShopper: 120, windowSeconds: 60 },
  },
  allow: [],
  block: [],
  // `challenge` once somebody has seen it on AWS: were the site's content security policy sent with AWS WAF's own page,
  // its script would not run, and nobody would come in.
  prove: 'none',
};

const NUMBERS = {
  /**
   * How long logs are kept. Dev: a week finds last week's mistake. Prod: a dispute about an order comes within the
   * 3 months in which a card payment is usually contested.
   */
  logRetention: each<RetentionDays>(RetentionDays.ONE_WEEK, RetentionDays.THREE_MONTHS),

  /** How long domain events can be replayed. As the logs, and for the same reason. */
  archiveRetention: each(Duration.days(7), Duration.days(90)),

  /** Whether tables and secrets outlive their stack, and refuse to be deleted. In dev a stack comes and goes. */
  lifetime: each<'stack' | 'retained'>('stack', 'retained'),

  /**
   * Which edges serve. Dev: the cheapest, North America and Europe. Prod: all of them, because a shopper who is far
   * from an edge is late.
   */
  edges: each<PriceClass>(PriceClass.PRICE_CLASS_100, PriceClass.PRICE_CLASS_ALL),

  /** Whether CloudFront writes access logs: $0 for delivery, a few MB a sale for storage; they hold IP addresses. */
  edgeLogs: each<'off' | 'on'>('off', 'on'),

  /** How long CloudFront's access logs are kept. They hold IP addresses: no longer than a sale's questions last. */
  edgeLogRetention: each(Duration.days(7), Duration.days(30)),

  /**
   * How long reports about money are kept. Prod: ten years, the longest that the books of a trader must be kept in most of
   * Europe; a sale's are some KB.
   */
  reportRetention: each(Duration.days(30), Duration.days(3653)),

  /**
   * How long after its sale a claim keeps the shopper's id and contact reference: as the logs of prod. It states what
   * `domain/purchase.ts` writes into `eraseAt`, the same in both stages; a test holds the two together.
   */
  personalDataRetention: each(Duration.days(90), Duration.days(90)),

  // How many shoppers get through: a plan (`capacity/`) computes with the same numbers.
  ...SIZES,

  /**
   * How calls move to a new version of a function. Prod: a tenth of them for five minutes, which is longer than an alarm
   * of two minutes in three needs to fire. Dev: at once, nobody waits for five minutes a function there.
   */
  deploymentShift: each<'at-once' | 'canary'>('at-once', 'canary'),

  /** Tries before a message goes to its dead-letter queue. AWS advises 5: fewer make a short outage permanent. */
  maxReceiveCount: each(5, 5),
} as const;

const SETTINGS = {
  identity: each<Identity>('none', 'none'),

  /** Whether a shopper may buy without proof of who they are. A limit per shopper means nothing for guests. */
  guests: each<'allowed' | 'refused'>('allowed', 'refused'),

  /**
   * Who works by the operators' page. `none`: nobody, it refuses everybody, and operators have the command line. There is
   * no page without a sign-in.
   */
  operators: each<Operators>('none', 'none'),

  /** The site's name. `none`: CloudFront's own, `d….cloudfront.net`. */
  domain: each<Domain>('none', 'none'),

  /**
   * Region of the three main stacks. `at-deploy`: that of whoever deploys. A name is needed where something is handed on
   * from us-east-1: the web ACL, or a new certificate.
   */
  region: each<string>('at-deploy', 'at-deploy'),

  /**
   * Where the payment provider is. Dev: a name that never resolves (RFC 2606), for a place to override. Prod:
   * `at-deploy`, so that CloudFormation asks for the parameter `PaymentProviderUrl` and takes no default.
   */
  paymentProviderUrl: each<string>('https://payments.invalid', 'at-deploy'),

  /** The web ACL in front of CloudFront: $18 a month and $0.60 per million requests as {@link WAF_ON} has it. */
  waf: each<Waf>('off', WAF_ON),
} as const;

const ALL = { ...NUMBERS, ...SETTINGS };

/** What one stage is made of: the numbers and the settings of this file, for one stage. */
export type StageConfig = {
  readonly [K in keyof typeof ALL]: (typeof ALL)[K] extends ByStage<infer T> ? T : never;
};

/** The column of one stage. */
export const configOf = (stage: StageName): StageConfig =>
  Object.fromEntries(
    Object.entries(ALL).map(([name, values]) => [name, values[stage]]),
  ) as StageConfig;
