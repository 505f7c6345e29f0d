/** @module Secrets Manager: GetSecretValue. */

import { AwsError, documentOf, jsonResponse, type Service } from './aws-http.ts';
import type { Secrets } from './secrets.ts';

export const secretsApi =
  (secrets: Secrets): Service =>
  (operation, request) => {
    if (operation !== 'GetSecretValue') {
      throw new AwsError(
        'InvalidRequestException',
        `Cannot answer ${operation}: only GetSecretValue`,
      );
    }
    const { SecretId } = documentOf<{ SecretId: string }>(request);
    const secret = secrets.find(SecretId);
    if (secret === undefined) {
      throw new AwsError('ResourceNotFoundException', `Secrets Manager cannot find "${SecretId}"`);
    }
    return jsonResponse(200, {
      ARN: secret.arn,
      Name: secret.name,
      SecretString: secret.value,
      VersionId: '00000000-0000-0000-0000-000000000001',
      VersionStages: ['AWSCURRENT'],
      CreatedDate: 1_767_225_600,
    });
  };
