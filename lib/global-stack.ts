/** @module What CloudFront takes from us-east-1 alone, wherever the rest is: the certificate, and one day the web ACL. */

import { CrossStackReferences, ReferenceStrength, Stack, type StackProps } from 'aws-cdk-lib';
import {
  Certificate,
  CertificateValidation,
  type ICertificate,
} from 'aws-cdk-lib/aws-certificatemanager';
import { HostedZone } from 'aws-cdk-lib/aws-route53';
import type { Construct } from 'constructs';
import type { Domain } from './config.ts';

type OwnDomain = Exclude<Domain, 'none'>;

interface GlobalStackProps extends StackProps {
  readonly domain: OwnDomain;
}

class GlobalStack extends Stack {
  readonly certificate: ICertificate;

  constructor(scope: Construct, id: string, { domain, ...props }: GlobalStackProps) {
    super(scope, id, { ...props, env: { region: 'us-east-1' } });
    this.certificate = new Certificate(this, 'Certificate', {
      domainName: domain.name,
      validation: CertificateValidation.fromDns(
        HostedZone.fromHostedZoneAttributes(this, 'Zone', {
          hostedZoneId: domain.hostedZone.id,
          zoneName: domain.hostedZone.name,
        }),
      ),
    });
    // Read from the stack's output at deployment. A strong reference to another Region needs two custom resources.
    CrossStackReferences.of(this.certificate).produce(ReferenceStrength.WEAK);
  }
}

/** The certificate for a domain: none without one, the one that exists, or a new one in a stack of its own. */
export function certificateOf(
  scope: Construct,
  id: string,
  domain: Domain,
): ICertificate | undefined {
  if (domain === 'none') return undefined;
  if (domain.certificate === 'new') return new GlobalStack(scope, id, { domain }).certificate;
  return Certificate.fromCertificateArn(scope, 'Certificate', domain.certificate.arn);
}
