/** @module Regions whose quotas differ from the usual ones. */

/** Regions in which API Gateway has a quarter of the usual rate. */
const SMALL_API = new Set(
  (
    'af-south-1 ap-east-2 ap-south-2 ap-southeast-3 ap-southeast-4 ap-southeast-5 ap-southeast-6 ap-southeast-7 ' +
    'ca-west-1 eu-central-2 eu-south-1 eu-south-2 il-central-1 mx-central-1'
  ).split(' '),
);

/** Regions in which Scheduler makes 5,000 schedules a second. */
const PRIMARY_SCHEDULER = new Set(
  (
    'us-east-1 us-east-2 us-west-2 ap-northeast-1 ap-south-1 ap-southeast-1 ap-southeast-2 eu-central-1 eu-west-1 ' +
    'eu-west-2 sa-east-1'
  ).split(' '),
);

/** Calls of PutEvents a second, where they are not 400. */
const BUS: Readonly<Record<string, number>> = {
  'us-east-1': 10_000,
  'us-west-2': 10_000,
  'eu-west-1': 10_000,
  'us-east-2': 2_400,
  'eu-central-1': 2_400,
  'eu-south-2': 2_400,
  'us-west-1': 1_200,
  'ap-northeast-1': 1_200,
  'ap-southeast-1': 1_200,
  'ap-southeast-2': 1_200,
  'eu-west-2': 1_200,
  'ap-east-1': 600,
  'ap-northeast-2': 600,
  'ap-south-1': 600,
  'ca-central-1': 600,
  'eu-north-1': 600,
  'eu-west-3': 600,
  'sa-east-1': 600,
};

/** What differs by Region. */
export const regional = (region: string) => ({
  apiRate: SMALL_API.has(region) ? 2_500 : 10_000,
  apiBurst: SMALL_API.has(region) ? 1_250 : 5_000,
  schedulesCreated: PRIMARY_SCHEDULER.has(region) ? 5_000 : 250,
  busCalls: BUS[region] ?? 400,
});
