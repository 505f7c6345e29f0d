import type { IDistribution } from 'aws-cdk-lib/aws-cloudfront';
import { AaaaRecord, ARecord, HostedZone, RecordTarget } from 'aws-cdk-lib/aws-route53';
import { CloudFrontTarget } from 'aws-cdk-lib/aws-route53-targets';
import { Construct } from 'constructs';
import type { Domain } from '../config.ts';

export interface SiteAddressProps {
  readonly domain: Exclude<Domain, 'none'>;
  /** What the name leads to. */
  readonly distribution: IDistribution;
}

/** The address records of the site's own name. */
export class SiteAddress extends Construct {
  constructor(scope: Construct, id: string, { domain, distribution }: SiteAddressProps) {
    super(scope, id);
    const record = {
      recordName: `${domain.name}.`,
      target: RecordTarget.fromAlias(new CloudFrontTarget(distribution)),
      zone: HostedZone.fromHostedZoneAttributes(this, 'Zone', {
        hostedZoneId: domain.hostedZone.id,
        zoneName: domain.hostedZone.name,
      }),
    };
    new ARecord(this, 'V4', record);
    new AaaaRecord(this, 'V6', record);
  }
}
