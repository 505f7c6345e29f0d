/** @module Takes the place of `@aws-sdk/endpoint-cache` in the bundles: endpoint discovery is off, nothing is found. */

/** The SDK's DynamoDB client makes one, and asks it before each call. */
export class EndpointCache {
  getEndpoint(): undefined {
    return undefined;
  }
}
