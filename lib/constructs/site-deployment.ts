import { fileURLToPath } from 'node:url';
import { Duration, Size, Stack, Token, Validations } from 'aws-cdk-lib';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { BucketDeployment, CacheControl, Source } from 'aws-cdk-lib/aws-s3-deployment';
import { Construct, type IConstruct } from 'constructs';
import type { SiteBucket } from './site-bucket.ts';

const SITE = fileURLToPath(new URL('../../dist/site', import.meta.url));

/** Of the library's upload function, which unpacks the site in memory: twice its default. */
const MEMORY = Size.mebibytes(256);

export interface SiteDeploymentProps {
  /** Where the site's files go. */
  readonly site: SiteBucket;
}

/** Uploads the built site: first what pages refer to, then the pages. */
export class SiteDeployment extends Construct {
  constructor(scope: Construct, id: string, { site }: SiteDeploymentProps) {
    super(scope, id);
    const destinationBucket = Bucket.fromBucketAttributes(this, 'Bucket', {
      bucketArn: site.exportedArn,
      bucketName: site.bucket.bucketName,
    });
    // Pruning would delete `sales/`, which is published while the system runs, and assets that open pages still use.
    const shared = {
      sources: [Source.asset(SITE)],
      destinationBucket,
      prune: false,
      memoryLimit: MEMORY.toMebibytes(),
    };
    const assets = new BucketDeployment(this, 'Assets', {
      ...shared,
      exclude: ['*'],
      include: ['assets/*'],
      // Their names carry a hash of their content.
      cacheControl: [CacheControl.maxAge(Duration.days(365)), CacheControl.immutable()],
    });
    const pages = new BucketDeployment(this, 'Pages', {
      ...shared,
      exclude: ['assets/*'],
      // A minute after a deployment everybody has the new page.
      cacheControl: [CacheControl.maxAge(Duration.seconds(60))],
    });
    pages.node.addDependency(assets);
    acknowledge(assets.handlerRole.node.scope ?? assets, site);
  }
}

/** The library's bucket of assets, as cdk-nag writes it: a place that is decided at deployment in angle brackets. */
function stagingFinding(stack: Stack): string {
  const { partition, account, region } = stack;
  const named = (value: string) =>
    Token.isUnresolved(value) ? `<${(stack.resolve(value) as { Ref: string }).Ref}>` : value;
  const bucket = `cdk-hnb659fds-assets-${named(account)}-${named(region)}`;
  return `AwsSolutions-IAM5[Resource::arn:${named(partition)}:s3:::${bucket}/*]`;
}

/** What the library's own upload function does is not ours to narrow. */
function acknowledge(upload: IConstruct, site: SiteBucket) {
  const findings = [
    'AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole]',
    ...['GetBucket*', 'GetObject*', 'List*', 'Abort*', 'DeleteObject*'].map(
      (action) => `AwsSolutions-IAM5[Action::s3:${action}]`,
    ),
    stagingFinding(Stack.of(upload)),
    site.wildcardFinding('/*'),
    'AwsSolutions-L1',
    'Serverless-LambdaDLQ',
    'Serverless-LambdaLatestVersion',
    'Serverless-LambdaTracing',
  ];
  for (const id of findings) {
    Validations.of(upload).acknowledge({
      id,
      reason:
        "The upload function of the CDK library, run by CloudFormation during a deployment alone, with the library's " +
        'runtime and grants on the staging bucket and the site bucket.',
    });
  }
}
