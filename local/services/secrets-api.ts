/** @module Secrets Manager: GetSecretValue and PutSecretValue. */

import { AwsError, documentOf, jsonResponse, type Service } from './aws-http.ts';
import type { Secret, Secrets } from './secrets.ts';

export const secretsApi =
  (secrets: Secrets): Service =>
  (operation, request) => {
    const { SecretId, SecretString } = documentOf<Asked>(request);
    const secret = secrets.find(SecretId);
    if (secret === undefined) {
      throw new AwsError('ResourceNotFoundException', `Secrets Manager cannot find "${SecretId}"`);
    }
    switch (operation) {
      case 'GetSecretValue':
        return jsonResponse(200, { ...versionOf(secret), SecretString: secret.value });
      case 'PutSecretValue':
        if (typeof SecretString !== 'string') {
          throw new AwsError('InvalidParameterException', 'SecretString is missing');
        }
        secrets.put({ ...secret, value: SecretString });
        return jsonResponse(200, versionOf(secret));
      default:
        throw new AwsError(
          'InvalidRequestException',
          `Cannot answer ${operation}: only GetSecretValue and PutSecretValue`,
        );
    }
  };

type Asked = { readonly SecretId: string; readonly SecretString?: unknown };

const versionOf = ({ arn, name }: Secret) => ({
  ARN: arn,
  Name: name,
  VersionId: '00000000-0000-0000-0000-000000000001',
  VersionStages: ['AWSCURRENT'],
  CreatedDate: 1_767_225_600,
});
