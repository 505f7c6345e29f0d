/** @module STS: GetCallerIdentity. Credentials are not checked here; their key id is all that is known of whoever calls. */

import { AwsError, type AwsRequest, type Service } from './aws-http.ts';

const ACCOUNT = '000000000000';

const KEY_ID = /Credential=([\w-]{1,128})\//;

export const stsApi: Service = (operation, request) => {
  if (operation !== 'GetCallerIdentity') {
    throw new AwsError('InvalidAction', `Cannot answer ${operation}: only GetCallerIdentity`);
  }
  return {
    status: 200,
    headers: { 'content-type': 'text/xml' },
    body: new TextEncoder().encode(identityOf(request)),
  };
};

function identityOf({ headers }: AwsRequest): string {
  const keyId = KEY_ID.exec(headers['authorization'] ?? '')?.[1] ?? 'unknown';
  return [
    '<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/">',
    '<GetCallerIdentityResult>',
    `<Arn>arn:aws:iam::${ACCOUNT}:user/${keyId}</Arn>`,
    `<UserId>${keyId}</UserId><Account>${ACCOUNT}</Account>`,
    '</GetCallerIdentityResult>',
    '<ResponseMetadata><RequestId>local</RequestId></ResponseMetadata>',
    '</GetCallerIdentityResponse>',
  ].join('');
}
