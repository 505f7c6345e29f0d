import { Duration, RemovalPolicy, Stack, Validations } from 'aws-cdk-lib';
import { type IGrantable, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { BlockPublicAccess, Bucket, BucketEncryption, StorageClass } from 'aws-cdk-lib/aws-s3';
import { Construct, type IConstruct } from 'constructs';

export interface ReportsBucketProps {
  /** How long reports are kept. */
  readonly retention: Duration;
}

/** How long a report that was overwritten or deleted can be brought back. */
const UNDO = Duration.days(30);

/** From then on a report is asked for once a year, at an audit: a quarter of the price, and still there at once. */
const COLD_AFTER = Duration.days(90);

/** Reports about money: private, versioned, kept as books are. */
export class ReportsBucket extends Construct {
  readonly bucket: Bucket;
  /** The bucket's ARN as other stacks write it: an export with a name that can be told in advance. */
  private readonly exportedArn: string;
  private readonly exportName: string;

  constructor(scope: Construct, id: string, { retention }: ReportsBucketProps) {
    super(scope, id);
    const isLong = retention.toDays() > COLD_AFTER.toDays();
    const cold = {
      storageClass: StorageClass.GLACIER_INSTANT_RETRIEVAL,
      transitionAfter: COLD_AFTER,
    };
    this.bucket = new Bucket(this, 'Bucket', {
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      encryption: BucketEncryption.S3_MANAGED,
      enforceSSL: true,
      versioned: true,
      lifecycleRules: [
        {
          expiration: retention,
          noncurrentVersionExpiration: UNDO,
          ...(isLong && { transitions: [cold] }),
        },
      ],
      // A bucket with files in it cannot be deleted: the attempt would fail the stack's deletion half way.
      removalPolicy: RemovalPolicy.RETAIN,
    });
    this.exportName = `${Stack.of(this).stackName}-ReportsBucketArn`;
    this.exportedArn = Stack.of(this).exportValue(this.bucket.bucketArn, { name: this.exportName });
    Validations.of(this.bucket).acknowledge({
      id: 'AwsSolutions-S1',
      reason:
        'One function writes here, and an event tells of each report. Who reads is in the data events of CloudTrail, where an account has them.',
    });
  }

  /** Lets a function put reconciliations, and nothing else. */
  grantReconcile(grantee: IGrantable & IConstruct) {
    grantee.grantPrincipal.addToPrincipalPolicy(
      new PolicyStatement({
        actions: ['s3:PutObject'],
        resources: [`${this.exportedArn}/reconciliation/*`],
      }),
    );
    Validations.of(grantee).acknowledge({
      id: `AwsSolutions-IAM5[Resource::${this.exportName}/reconciliation/*]`,
      reason: 'It reports on any sale, and sales come and go without a deployment.',
    });
  }

  /** Lets a function read reconciliations. */
  grantRead(grantee: IGrantable & IConstruct) {
    grantee.grantPrincipal.addToPrincipalPolicy(
      new PolicyStatement({
        actions: ['s3:GetObject'],
        resources: [`${this.exportedArn}/reconciliation/*`],
      }),
    );
    Validations.of(grantee).acknowledge({
      id: `AwsSolutions-IAM5[Resource::${this.exportName}/reconciliation/*]`,
      reason: 'It shows the report of any sale, and sales come and go without a deployment.',
    });
  }
}
