/** @module API Gateway: REST APIs with their resources, methods and stages. */

import type { StagePart, Throttle } from '../api/api-parts.ts';
import type { Resource } from '../cloudformation/resource.ts';
import type { Maker, Makers } from './maker.ts';

type Fields = Readonly<Record<string, unknown>>;

const fields = (value: unknown): Fields => (value ?? {}) as Fields;

const api: Maker = (resource, inventory) => {
  resource.allow(
    'ApiKeySourceType',
    'BinaryMediaTypes',
    'Description',
    'DisableExecuteApiEndpoint',
    'EndpointConfiguration',
    'Name',
    'Policy',
    'Tags',
  );
  const { properties, logicalId } = resource;
  inventory.api.apis.set(logicalId, {
    name: String(properties['Name'] ?? logicalId),
    binaryTypes: (properties['BinaryMediaTypes'] ?? []) as string[],
  });
  return {
    ref: logicalId,
    attributes: { RootResourceId: rootOf(logicalId), RestApiId: logicalId },
  };
};

/** The id of an API's root, which no resource of a template declares. */
const rootOf = (apiId: string): string => `${apiId}/`;

const path: Maker = (resource, inventory) => {
  const { properties, logicalId } = resource;
  inventory.api.resources.set(logicalId, {
    apiId: String(properties['RestApiId']),
    parent: String(properties['ParentId']),
    part: String(properties['PathPart']),
  });
  return { ref: logicalId, attributes: { ResourceId: logicalId } };
};

const method: Maker = (resource, inventory) => {
  resource.allow(
    'ApiKeyRequired',
    'AuthorizationType',
    'HttpMethod',
    'Integration',
    'MethodResponses',
    'OperationName',
    'RequestModels',
    'RequestParameters',
    'RequestValidatorId',
    'ResourceId',
    'RestApiId',
  );
  const { properties, logicalId } = resource;
  const authorization = properties['AuthorizationType'] ?? 'NONE';
  if (authorization !== 'NONE')
    throw resource.error(`authorization ${authorization} is unknown to the local stack`);
  const parameters = Object.entries(fields(properties['RequestParameters']));
  inventory.api.methods.push({
    apiId: String(properties['RestApiId']),
    resourceId: String(properties['ResourceId']),
    method: String(properties['HttpMethod']),
    apiKeyRequired: properties['ApiKeyRequired'] === true,
    functionArn: functionOf(resource),
    integrationTimeoutMs: Number(fields(properties['Integration'])['TimeoutInMillis'] ?? 29_000),
    requiredParameters: parameters.filter(([, wanted]) => wanted === true).map(([name]) => name),
    validatorId: properties['RequestValidatorId'] as string | undefined,
    models: fields(properties['RequestModels']) as Record<string, string>,
  });
  return { ref: logicalId };
};

function functionOf(resource: Resource): string {
  const { Type, Uri } = fields(resource.properties['Integration']);
  const arn = /functions\/(.+)\/invocations$/.exec(String(Uri))?.[1];
  if (Type !== 'AWS_PROXY' || arn === undefined) {
    throw resource.error(`integration ${Type} of "${Uri}" is unknown to the local stack`);
  }
  return arn;
}

export const throttleOf = (rate: unknown, burst: unknown): Throttle | undefined =>
  rate === undefined && burst === undefined
    ? undefined
    : { rate: Number(rate ?? 10_000), burst: Number(burst ?? 5000) };

function accessLogOf(setting: unknown): StagePart['accessLog'] {
  const { DestinationArn, Format } = fields(setting);
  return DestinationArn === undefined || Format === undefined
    ? undefined
    : { destinationArn: String(DestinationArn), format: String(Format) };
}

const stage: Maker = (resource, inventory) => {
  const { properties } = resource;
  const name = String(properties['StageName']);
  const settings = (properties['MethodSettings'] ?? []) as Fields[];
  const throttles = settings.flatMap((setting) => {
    const throttle = throttleOf(setting['ThrottlingRateLimit'], setting['ThrottlingBurstLimit']);
    const route = `${setting['HttpMethod']} ${setting['ResourcePath']}`;
    return throttle === undefined ? [] : [[route, throttle] as const];
  });
  inventory.api.stages.push({
    apiId: String(properties['RestApiId']),
    name,
    accessLog: accessLogOf(properties['AccessLogSetting']),
    throttles: new Map(throttles),
  });
  return { ref: name };
};

const response: Maker = (resource, inventory) => {
  const { properties, logicalId } = resource;
  const headers = Object.entries(fields(properties['ResponseParameters'])).map(
    ([name, value]) =>
      [
        name.replace('gatewayresponse.header.', '').toLowerCase(),
        String(value).replace(/^'(.*)'$/, '$1'),
      ] as const,
  );
  const status = properties['StatusCode'];
  inventory.api.responses.push({
    apiId: String(properties['RestApiId']),
    type: String(properties['ResponseType']),
    status: status === undefined ? undefined : Number(status),
    headers: Object.fromEntries(headers),
    template: fields(properties['ResponseTemplates'])['application/json'] as string | undefined,
  });
  return { ref: logicalId };
};

const deployment: Maker = (resource) => {
  resource.allow('RestApiId', 'Description');
  return { ref: resource.logicalId, attributes: { DeploymentId: resource.logicalId } };
};

const validator: Maker = (resource, inventory) => {
  const { properties, logicalId } = resource;
  inventory.api.validators.set(logicalId, {
    body: properties['ValidateRequestBody'] === true,
    parameters: properties['ValidateRequestParameters'] === true,
  });
  return { ref: logicalId, attributes: { RequestValidatorId: logicalId } };
};

const model: Maker = (resource, inventory) => {
  const { properties } = resource;
  const name = resource.name('Name').replace(/[^A-Za-z0-9]/g, '');
  inventory.api.models.set(name, { name, schema: fields(properties['Schema']) });
  return { ref: name };
};

export const restApiResources: Makers = {
  'AWS::ApiGateway::RestApi': api,
  'AWS::ApiGateway::Resource': path,
  'AWS::ApiGateway::Method': method,
  'AWS::ApiGateway::Stage': stage,
  'AWS::ApiGateway::GatewayResponse': response,
  'AWS::ApiGateway::Deployment': deployment,
  'AWS::ApiGateway::RequestValidator': validator,
  'AWS::ApiGateway::Model': model,
};
