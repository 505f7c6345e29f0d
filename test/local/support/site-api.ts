/** @module The REST API of the test site, with its function, key and plan. */

// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the templates are written in CloudFormation's own syntax

import { lambda } from './assembly.ts';

const ref = (id: string) => ({ Ref: id });

const method = (ResourceId: unknown, HttpMethod: string) => ({
  Type: 'AWS::ApiGateway::Method',
  Properties: {
    RestApiId: ref('Api'),
    ResourceId,
    HttpMethod,
    ApiKeyRequired: true,
    AuthorizationType: 'NONE',
    Integration: {
      Type: 'AWS_PROXY',
      IntegrationHttpMethod: 'POST',
      Uri: {
        'Fn::Sub': [
          'arn:aws:apigateway:x:lambda:path/2015-03-31/functions/${f}/invocations',
          { f: { 'Fn::GetAtt': ['Answer', 'Arn'] } },
        ],
      },
    },
  },
});

const path = (ParentId: unknown, PathPart: string) => ({
  Type: 'AWS::ApiGateway::Resource',
  Properties: { RestApiId: ref('Api'), ParentId, PathPart },
});

export const apiResources = {
  Answer: lambda('answer', { ReservedConcurrentExecutions: 3, Timeout: 5 }),
  Api: { Type: 'AWS::ApiGateway::RestApi', Properties: { Name: 'api' } },
  Root: path({ 'Fn::GetAtt': ['Api', 'RootResourceId'] }, 'api'),
  Thing: path(ref('Root'), '{thing}'),
  Deep: path(ref('Thing'), 'deep'),
  AnyThing: method(ref('Thing'), 'ANY'),
  GetDeep: method(ref('Deep'), 'GET'),
  Deployment: { Type: 'AWS::ApiGateway::Deployment', Properties: { RestApiId: ref('Api') } },
  Stage: {
    Type: 'AWS::ApiGateway::Stage',
    Properties: { RestApiId: ref('Api'), StageName: 'live', DeploymentId: ref('Deployment') },
  },
  Throttled: {
    Type: 'AWS::ApiGateway::GatewayResponse',
    Properties: {
      RestApiId: ref('Api'),
      ResponseType: 'THROTTLED',
      StatusCode: '429',
      ResponseParameters: { 'gatewayresponse.header.Retry-After': "'1'" },
      ResponseTemplates: { 'application/json': '{"code":"too-many"}' },
    },
  },
  KeySecret: {
    Type: 'AWS::SecretsManager::Secret',
    Properties: { GenerateSecretString: { ExcludePunctuation: true } },
  },
  Key: {
    Type: 'AWS::ApiGateway::ApiKey',
    Properties: { Value: { 'Fn::Sub': '{{resolve:secretsmanager:${KeySecret}:SecretString:::}}' } },
  },
  Plan: {
    Type: 'AWS::ApiGateway::UsagePlan',
    Properties: {
      Throttle: { RateLimit: 1000, BurstLimit: 1000 },
      ApiStages: [
        {
          ApiId: ref('Api'),
          Stage: ref('Stage'),
          Throttle: { '/api/{thing}/deep/GET': { RateLimit: 1, BurstLimit: 2 } },
        },
      ],
    },
  },
  PlanKey: {
    Type: 'AWS::ApiGateway::UsagePlanKey',
    Properties: { KeyId: ref('Key'), KeyType: 'API_KEY', UsagePlanId: ref('Plan') },
  },
};
