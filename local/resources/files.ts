/** @module Files that a deployment puts into a bucket; CDK does it with a function, here they are copied. */

import type { Resource } from '../cloudformation/resource.ts';
import type { Maker, Makers } from './maker.ts';

const PROPERTIES = [
  'DestinationBucketKeyPrefix',
  'DestinationBucketName',
  'DistributionId',
  'DistributionPaths',
  'Exclude',
  'Extract',
  'Include',
  'OutputObjectKeys',
  'Prune',
  'RetainOnDelete',
  'ServiceToken',
  'SourceBucketNames',
  'SourceMarkers',
  'SourceObjectKeys',
  'SystemMetadata',
  'WaitForDistributionInvalidation',
];

const deployment: Maker = (resource, inventory) => {
  resource.allow(...PROPERTIES);
  const { properties } = resource;
  const keys = properties['SourceObjectKeys'] as string[];
  const bucket = String(properties['DestinationBucketName']);
  inventory.files.push({
    sources: keys.map((key) => resource.asset(key)),
    markers: (properties['SourceMarkers'] ?? keys.map(() => ({}))) as Record<string, string>[],
    bucket,
    prefix: String(properties['DestinationBucketKeyPrefix'] ?? '')
      .replace(/\/?$/, '/')
      .replace(/^\//, ''),
    exclude: (properties['Exclude'] ?? []) as string[],
    include: (properties['Include'] ?? []) as string[],
    headers: headersOf(resource),
  });
  return {
    ref: resource.logicalId,
    attributes: { DestinationBucketArn: `arn:aws:s3:::${bucket}` },
  };
};

/** `aws s3` options are headers of the upload, by the same names. */
function headersOf(resource: Resource): Record<string, string> {
  const given = Object.entries((resource.properties['SystemMetadata'] ?? {}) as object);
  const known = [
    'cache-control',
    'content-type',
    'content-disposition',
    'content-encoding',
    'content-language',
  ];
  return Object.fromEntries(
    given.map(([name, value]) => {
      if (!known.includes(name))
        throw resource.error(`metadata "${name}" is unknown to the local stack`);
      return [name, String(value)];
    }),
  );
}

export const fileResources: Makers = { 'Custom::CDKBucketDeployment': deployment };
