import { Duration, Stack } from 'aws-cdk-lib';
import {
  type IOrigin,
  OriginProtocolPolicy,
  OriginSslPolicy,
  S3OriginAccessControl,
} from 'aws-cdk-lib/aws-cloudfront';
import { HttpOrigin, S3BucketOrigin } from 'aws-cdk-lib/aws-cloudfront-origins';
import type { Bucket, IBucket } from 'aws-cdk-lib/aws-s3';
import type { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import { API_STAGE } from './keyed-api.ts';
import type { OperatorApi } from './operator-api.ts';
import type { SaleApi } from './sale-api.ts';
import type { SaleSecrets } from './sale-secrets.ts';

export interface SiteOriginsProps {
  readonly bucket: Bucket;
  readonly api: SaleApi;
  readonly operatorApi: OperatorApi;
  /** Holds the key that each API origin sends. */
  readonly secrets: SaleSecrets;
}

/** A function may take 10 s; API Gateway then says so itself. */
const BUY_READ_TIMEOUT = Duration.seconds(15);

/** The same for operators, whose function may take as long as API Gateway lets it, 29 s. */
const OPERATE_READ_TIMEOUT = Duration.seconds(35);

/** Where CloudFront fetches: the site bucket, and the APIs under the key of each kind of traffic. */
export class SiteOrigins extends Construct {
  readonly files: IOrigin;
  readonly buy: IOrigin;
  readonly browse: IOrigin;
  readonly operate: IOrigin;

  constructor(scope: Construct, id: string, props: SiteOriginsProps) {
    super(scope, id);
    const { bucket, api, operatorApi, secrets } = props;
    const access = new S3OriginAccessControl(this, 'Access');
    // Not `withOriginAccessControl`: it would write this distribution into the bucket's policy, which is a cycle
    // between the stacks. The Data stack lets CloudFront in.
    this.files = S3BucketOrigin.withBucketDefaults(bucket as IBucket, {
      originAccessControlId: access.originAccessControlId,
    });
    this.buy = this.apiOrigin(api, secrets.buyKey);
    this.browse = this.apiOrigin(api, secrets.browseKey);
    this.operate = this.apiOrigin(operatorApi, secrets.operateKey, OPERATE_READ_TIMEOUT);
  }

  private apiOrigin(
    { api }: SaleApi | OperatorApi,
    key: Secret,
    readTimeout = BUY_READ_TIMEOUT,
  ): IOrigin {
    const { region, urlSuffix } = Stack.of(this);
    return new HttpOrigin(`${api.restApiId}.execute-api.${region}.${urlSuffix}`, {
      originPath: `/${API_STAGE}`,
      // A dynamic reference, put in by CloudFormation. It replaces whatever a shopper sends under this name.
      customHeaders: { 'x-api-key': key.secretValue.unsafeUnwrap() },
      protocolPolicy: OriginProtocolPolicy.HTTPS_ONLY,
      originSslProtocols: [OriginSslPolicy.TLS_V1_2],
      readTimeout,
      connectionTimeout: Duration.seconds(3),
      connectionAttempts: 2,
      // Longest without a raised quota: connections to the API stay open between the waves of a sale.
      keepaliveTimeout: Duration.seconds(60),
    });
  }
}
