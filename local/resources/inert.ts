/** @module Types that have nothing to do on one machine. They are listed, so that a new type is never skipped silently. */

import type { Resource } from '../cloudformation/resource.ts';
import type { Maker, Makers } from './maker.ts';

/** Permissions, logs, alarms and the like: they may be referred to, and do nothing. */
const INERT_TYPES: readonly string[] = [
  'AWS::ApiGateway::Account',
  'AWS::ApplicationAutoScaling::ScalableTarget',
  'AWS::ApplicationAutoScaling::ScalingPolicy',
  'AWS::Budgets::Budget',
  'AWS::CDK::Metadata',
  'AWS::CertificateManager::Certificate',
  'AWS::CloudFront::OriginAccessControl',
  'AWS::CloudFront::MonitoringSubscription',
  'AWS::CloudFront::RealtimeLogConfig',
  'AWS::CloudWatch::AnomalyDetector',
  'AWS::CloudWatch::CompositeAlarm',
  'AWS::CloudWatch::Dashboard',
  'AWS::CodeDeploy::Application',
  'AWS::CodeDeploy::DeploymentGroup',
  'AWS::Events::Archive',
  'AWS::Events::EventBusPolicy',
  'AWS::EventSchemas::Discoverer',
  'AWS::IAM::ManagedPolicy',
  'AWS::IAM::Policy',
  'AWS::IAM::Role',
  'AWS::KMS::Alias',
  'AWS::KMS::Key',
  'AWS::Lambda::LayerVersion',
  'AWS::Lambda::Permission',
  'AWS::Logs::LogGroup',
  'AWS::Logs::QueryDefinition',
  'AWS::Logs::ResourcePolicy',
  'AWS::Route53::RecordSet',
  'AWS::S3::BucketPolicy',
  'AWS::SNS::Subscription',
  'AWS::SNS::Topic',
  'AWS::SNS::TopicPolicy',
  'AWS::SQS::QueuePolicy',
  'AWS::SecretsManager::ResourcePolicy',
  'AWS::SecretsManager::RotationSchedule',
  'AWS::WAFv2::LoggingConfiguration',
  'Custom::CrossRegionExportWriter',
  'Custom::LogRetention',
  'Custom::S3AutoDeleteObjects',
];

const arnOf = (resource: Resource): string => {
  const service = resource.type.split('::')[1]?.toLowerCase() ?? 'local';
  return `arn:aws:${service}:${resource.arnPrefix}:${resource.logicalId}`;
};

/** Any attribute of an inert resource is a made-up text: nobody acts upon it. */
const inert: Maker = (resource) => ({
  ref: resource.type === 'AWS::SNS::Topic' ? arnOf(resource) : resource.logicalId,
  attributes: new Proxy<Record<string, string>>(
    {},
    {
      get: (_, name) =>
        String(name).endsWith('Arn') ? arnOf(resource) : `${resource.logicalId}.${String(name)}`,
    },
  ),
});

export const inertResources: Makers = Object.fromEntries(INERT_TYPES.map((type) => [type, inert]));
