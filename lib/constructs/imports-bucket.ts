import { Duration, RemovalPolicy, Stack, Validations } from 'aws-cdk-lib';
import { type IGrantable, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { BlockPublicAccess, Bucket, BucketEncryption, type CfnBucket } from 'aws-cdk-lib/aws-s3';
import { Construct, type IConstruct } from 'constructs';

/** What is dropped below it is imported. */
export const INCOMING = 'incoming/';

/** What an import says of each row: not below {@link INCOMING}, so that no report is imported. */
const REPORTS = 'reports/';

/** How long files and reports are kept: as long as somebody may ask where a price came from. */
const KEPT = Duration.days(365);

/** Where outside providers drop their products, and find what became of them. It tells the account's event bus of each object. */
export class ImportsBucket extends Construct {
  readonly bucket: Bucket;
  /** The bucket's ARN as other stacks write it: an export with a name that can be told in advance. */
  private readonly exportedArn: string;
  private readonly exportName: string;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.bucket = new Bucket(this, 'Bucket', {
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      encryption: BucketEncryption.S3_MANAGED,
      enforceSSL: true,
      lifecycleRules: [{ expiration: KEPT }],
      // A bucket with files in it cannot be deleted: the attempt would fail the stack's deletion half way.
      removalPolicy: RemovalPolicy.RETAIN,
    });
    // The library's own property does it by a function of its own that may change every bucket of the account.
    (this.bucket.node.defaultChild as CfnBucket).notificationConfiguration = {
      eventBridgeConfiguration: { eventBridgeEnabled: true },
    };
    this.exportName = `${Stack.of(this).stackName}-ImportsBucketArn`;
    this.exportedArn = Stack.of(this).exportValue(this.bucket.bucketArn, { name: this.exportName });
    Validations.of(this.bucket).acknowledge({
      id: 'AwsSolutions-S1',
      reason:
        'Each object that is dropped has a report of its own, and an entry in the log of operators.',
    });
  }

  /** Lets a function read what was dropped, and write what became of it. */
  grantImport(grantee: IGrantable & IConstruct) {
    const places = [
      ['s3:GetObject', `${INCOMING}*`],
      ['s3:PutObject', `${REPORTS}*`],
    ] as const;
    for (const [action, below] of places) {
      grantee.grantPrincipal.addToPrincipalPolicy(
        new PolicyStatement({ actions: [action], resources: [`${this.exportedArn}/${below}`] }),
      );
      Validations.of(grantee).acknowledge({
        id: `AwsSolutions-IAM5[Resource::${this.exportName}/${below}]`,
        reason: 'Providers name their files as they like.',
      });
    }
  }
}
