import { Duration, RemovalPolicy, Stack, Validations } from 'aws-cdk-lib';
import { type IGrantable, PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { BlockPublicAccess, Bucket, BucketEncryption } from 'aws-cdk-lib/aws-s3';
import { Construct, type IConstruct } from 'constructs';

/** How long a file that was overwritten or deleted can be brought back: longer than a long weekend. */
const UNDO = Duration.days(7);

/** The site's files: what a deployment puts there, and `sales/`, which operators and functions publish. */
export class SiteBucket extends Construct {
  readonly bucket: Bucket;
  /** The bucket's ARN as other stacks write it: an export with a name that can be told in advance. */
  readonly exportedArn: string;
  private readonly exportName: string;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.bucket = new Bucket(this, 'Bucket', {
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      encryption: BucketEncryption.S3_MANAGED,
      enforceSSL: true,
      // A `sale.js` that was published wrongly is brought back without a deployment.
      versioned: true,
      lifecycleRules: [{ noncurrentVersionExpiration: UNDO }],
      // A bucket with files in it cannot be deleted: the attempt would fail the stack's deletion half way.
      removalPolicy: RemovalPolicy.RETAIN,
    });
    this.letCloudFrontRead();
    this.exportName = `${Stack.of(this).stackName}-SiteBucketArn`;
    this.exportedArn = Stack.of(this).exportValue(this.bucket.bucketArn, { name: this.exportName });
    Validations.of(this.bucket).acknowledge({
      id: 'AwsSolutions-S1',
      reason:
        'Readers come through CloudFront, whose own access logs are on in production. The few writers ' +
        '(deployment, open, close, operators) log what they publish.',
    });
  }

  /** Lets a function publish files of sales, and nothing else of the site. */
  grantPublish(grantee: IGrantable & IConstruct) {
    grantee.grantPrincipal.addToPrincipalPolicy(
      new PolicyStatement({
        actions: ['s3:PutObject'],
        resources: [`${this.exportedArn}/sales/*`],
      }),
    );
    Validations.of(grantee).acknowledge({
      id: this.wildcardFinding('/sales/*'),
      reason: 'It publishes the files of any sale, and sales come and go without a deployment.',
    });
  }

  /** The name by which cdk-nag reports a wildcard below this bucket in the policy of another stack. */
  wildcardFinding(below: string): string {
    return `AwsSolutions-IAM5[Resource::${this.exportName}${below}]`;
  }

  /**
   * The usual condition names one distribution, which lives in the Edge stack, which reads this bucket: a cycle.
   * The condition on the account breaks it. What it gives up: another distribution of the same account could read
   * these files, all of which are public anyway.
   */
  private letCloudFrontRead() {
    const cloudFront = {
      principals: [new ServicePrincipal('cloudfront.amazonaws.com')],
      conditions: { StringEquals: { 'AWS:SourceAccount': Stack.of(this).account } },
    };
    this.bucket.addToResourcePolicy(
      new PolicyStatement({
        ...cloudFront,
        actions: ['s3:GetObject'],
        resources: [this.bucket.arnForObjects('*')],
      }),
    );
    this.bucket.addToResourcePolicy(
      // Without it S3 answers 403 for a file that does not exist, where a browser should see 404.
      new PolicyStatement({
        ...cloudFront,
        actions: ['s3:ListBucket'],
        resources: [this.bucket.bucketArn],
      }),
    );
  }
}
