/** @module What shoppers reach: the distribution with its gate, and the site's files. */

import { CfnOutput, Stack, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { AccessLogs } from './constructs/access-logs.ts';
import { EdgePolicies } from './constructs/edge-policies.ts';
import { Gate } from './constructs/gate.ts';
import { declareConnectSources, declareOperatorSources } from './constructs/place-parameters.ts';
import { SiteAddress } from './constructs/site-address.ts';
import { SiteDeployment } from './constructs/site-deployment.ts';
import { SiteDistribution } from './constructs/site-distribution.ts';
import { SiteOrigins } from './constructs/site-origins.ts';
import type { DataStack } from './data-stack.ts';
import type { Global } from './global-stack.ts';
import type { ServiceStack } from './service-stack.ts';
import type { Stage } from './stage.ts';

export interface EdgeStackProps extends StackProps {
  readonly stage: Stage;
  readonly data: DataStack;
  readonly service: ServiceStack;
  /** The certificate, wanted with a domain, and the web ACL, each where the stage has it. */
  readonly global: Global;
  /** Whether a deployment uploads the site. */
  readonly site: boolean;
}

export class EdgeStack extends Stack {
  constructor(scope: Construct, id: string, props: EdgeStackProps) {
    const { stage, data, service, global, site, ...stackProps } = props;
    super(scope, id, stackProps);
    const { bucket } = data.site;
    const { domain } = stage;
    const { certificate, webAclArn } = global;
    const { distribution } = new SiteDistribution(this, 'Site', {
      origins: new SiteOrigins(this, 'Origins', {
        bucket,
        api: service.api,
        operatorApi: service.operatorApi,
        secrets: data.secrets,
      }),
      policies: new EdgePolicies(this, 'Policies', {
        connectSources: declareConnectSources(this, stage),
        operatorSources: declareOperatorSources(this, stage),
      }),
      edges: stage.edges,
      gate: new Gate(this, 'Gate', { store: data.store }),
      ...(domain !== 'none' && certificate && { name: { domainName: domain.name, certificate } }),
      ...(webAclArn && { webAclArn }),
      ...(stage.edgeLogs === 'on' && {
        logs: new AccessLogs(this, 'AccessLogs', { retention: stage.edgeLogRetention }).bucket,
      }),
    });
    if (domain !== 'none') new SiteAddress(this, 'Address', { domain, distribution });
    if (site) new SiteDeployment(this, 'Files', { site: data.site });
    const name = domain === 'none' ? distribution.distributionDomainName : domain.name;
    new CfnOutput(this, 'SiteUrl', { value: `https://${name}` });
    new CfnOutput(this, 'DistributionId', { value: distribution.distributionId });
    new CfnOutput(this, 'Waf', { value: webAclArn ? 'on' : 'off' });
  }
}
