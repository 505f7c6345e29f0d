/** @module What CloudFront takes from us-east-1 alone, wherever the rest is: the certificate and the web ACL. */

import { CrossStackReferences, ReferenceStrength, Stack, type StackProps } from 'aws-cdk-lib';
import {
  Certificate,
  CertificateValidation,
  type ICertificate,
} from 'aws-cdk-lib/aws-certificatemanager';
import { HostedZone } from 'aws-cdk-lib/aws-route53';
import type { Construct } from 'constructs';
import type { Domain } from './config.ts';
import { WebAcl } from './constructs/web-acl.ts';
import type { Stage } from './stage.ts';

/** What the distribution gets, each where the stage wants it. */
export type Global = {
  readonly certificate?: ICertificate;
  readonly webAclArn?: string;
};

interface GlobalStackProps extends StackProps {
  readonly stage: Stage;
}

class GlobalStack extends Stack implements Global {
  readonly certificate?: ICertificate;
  readonly webAclArn?: string;

  constructor(scope: Construct, id: string, { stage, ...props }: GlobalStackProps) {
    super(scope, id, { ...props, env: { region: 'us-east-1' } });
    const { domain, waf, edgeLogs, edgeLogRetention } = stage;
    if (hasNewCertificate(domain)) this.certificate = this.addCertificate(domain);
    if (waf !== 'off') {
      const logs = edgeLogs === 'on' ? edgeLogRetention : 'off';
      const { acl } = new WebAcl(this, 'WebAcl', { waf, logs });
      CrossStackReferences.of(acl).produce(ReferenceStrength.WEAK);
      this.webAclArn = acl.attrArn;
    }
  }

  private addCertificate(domain: OwnDomain): ICertificate {
    const certificate = new Certificate(this, 'Certificate', {
      domainName: domain.name,
      validation: CertificateValidation.fromDns(
        HostedZone.fromHostedZoneAttributes(this, 'Zone', {
          hostedZoneId: domain.hostedZone.id,
          zoneName: domain.hostedZone.name,
        }),
      ),
    });
    // Read from the stack's output at deployment. A strong reference to another Region needs two custom resources.
    CrossStackReferences.of(certificate).produce(ReferenceStrength.WEAK);
    return certificate;
  }
}

type OwnDomain = Exclude<Domain, 'none'>;

const hasNewCertificate = (domain: Domain): domain is OwnDomain =>
  domain !== 'none' && domain.certificate === 'new';

/** The stack in us-east-1 where the stage needs one, and the certificate that exists already. */
export function globalOf(scope: Construct, id: string, stage: Stage): Global {
  const { domain, waf } = stage;
  const isNeeded = waf !== 'off' || hasNewCertificate(domain);
  const made: Global = isNeeded ? new GlobalStack(scope, id, { stage }) : {};
  if (domain === 'none' || domain.certificate === 'new') return made;
  const certificate = Certificate.fromCertificateArn(scope, 'Certificate', domain.certificate.arn);
  return { ...(made.webAclArn && { webAclArn: made.webAclArn }), certificate };
}
