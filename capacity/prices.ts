/**
 * @module
 * What AWS charges in us-east-1, in USD, without free tiers. Collected on 2026-11-20 from the services' pricing pages;
 * flat-rate plans of CloudFront, which include requests and the gate, are left out.
 */

const MILLION = 1_000_000;

export const PRICES = {
  /** HTTPS requests, US and Europe. @see https://aws.amazon.com/cloudfront/pricing/ */
  cloudFrontRequest: 1.0 / MILLION,
  /** A GB to the internet. @see https://aws.amazon.com/cloudfront/pricing/ */
  transferGb: 0.085,
  /** CloudFront Functions. @see https://aws.amazon.com/cloudfront/pricing/ */
  gateRun: 0.1 / MILLION,
  /** Reads from a function. @see https://aws.amazon.com/cloudfront/pricing/ */
  keyValueRead: 0.03 / MILLION,
  /** REST API, first 333 million; refused and throttled ones are free. @see https://aws.amazon.com/api-gateway/pricing/ */
  apiRequest: 3.5 / MILLION,
  /** @see https://aws.amazon.com/lambda/pricing/ */
  lambdaRequest: 0.2 / MILLION,
  /** Arm. @see https://aws.amazon.com/lambda/pricing/ */
  lambdaGbSecond: 0.000_013_333_4,
  /** x86, for the naive design. @see https://aws.amazon.com/lambda/pricing/ */
  lambdaX86GbSecond: 0.000_016_666_7,
  /** Provisioned concurrency, Arm, busy or not. @see https://aws.amazon.com/lambda/pricing/ */
  provisionedGbSecond: 0.000_003_333_4,
  /** A web ACL's requests, refused ones too. @see https://aws.amazon.com/waf/pricing/ */
  wafRequest: 0.6 / MILLION,
  /** A GB of logs taken in. @see https://aws.amazon.com/cloudwatch/pricing/ */
  logGb: 0.5,
  /** On demand, since November 2024. @see https://aws.amazon.com/dynamodb/pricing/on-demand/ */
  writeUnit: 0.625 / MILLION,
  /** On demand, since November 2024. @see https://aws.amazon.com/dynamodb/pricing/on-demand/ */
  readUnit: 0.125 / MILLION,
  /** Standard queues; each call of up to 64 KB. @see https://aws.amazon.com/sqs/pricing/ */
  queueCall: 0.4 / MILLION,
  /** Custom events. @see https://aws.amazon.com/eventbridge/pricing/ */
  event: 1.0 / MILLION,
  /** Scheduler. @see https://aws.amazon.com/eventbridge/pricing/ */
  scheduled: 1.0 / MILLION,
} as const;
