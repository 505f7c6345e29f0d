/** @module What a deployed function finds in its environment: real names, values as long as on AWS. */

export const TABLES = { catalogue: 'Catalogue', stock: 'Stock' } as const;

/** What other functions read that requests come to. */
const OF_OTHERS = {
  ORDERS_TABLE: 'Orders',
  PAYMENT_SECRET_ARN: 'arn:aws:secretsmanager:eu-central-1:123456789012:secret:Payment-AbCdEf',
  PAYMENT_PROVIDER_URL: 'https://pay.example.com',
  OIDC_ISSUER: 'https://login.example.com',
  OIDC_AUDIENCE: 'shop',
  OIDC_MEMBERSHIP_CLAIM: '',
  OIDC_CREATED_CLAIM: '',
};

/** @param awsUrl where AWS answers */
export const variables = (awsUrl: string): Readonly<Record<string, string>> => ({
  PATH: '/var/lang/bin:/usr/local/bin:/usr/bin/:/bin:/opt/bin',
  LANG: 'en_US.UTF-8',
  TZ: ':UTC',
  AWS_REGION: 'eu-central-1',
  AWS_DEFAULT_REGION: 'eu-central-1',
  AWS_ACCESS_KEY_ID: 'ASIAIOSFODNN7EXAMPLE',
  AWS_SECRET_ACCESS_KEY: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
  // Those of execution roles have some 900 characters: they are hashed and sent with each call.
  AWS_SESSION_TOKEN: 'IQoJb3JpZ2luX2VjEXAMPLE'.padEnd(900, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'),
  AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
  AWS_LAMBDA_FUNCTION_NAME: 'FlashSale-prod-Service-Buy',
  AWS_LAMBDA_FUNCTION_VERSION: '7',
  AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '512',
  AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
  AWS_LAMBDA_LOG_FORMAT: 'JSON',
  LAMBDA_TASK_ROOT: '/var/task',
  LAMBDA_RUNTIME_DIR: '/var/runtime',
  _X_AMZN_TRACE_ID: 'Root=1-69210000-0123456789abcdef01234567;Parent=0123456789abcdef;Sampled=0',
  AWS_ENDPOINT_URL: awsUrl,
  CATALOGUE_TABLE: TABLES.catalogue,
  STOCK_TABLE: TABLES.stock,
  ORDERS_QUEUE_URL: `${awsUrl}/123456789012/Orders`,
  SIGNING_SECRET_ARN: 'arn:aws:secretsmanager:eu-central-1:123456789012:secret:Signing-AbCdEf',
  ...OF_OTHERS,
  METRICS_NAMESPACE: 'FlashSale-prod-Service',
});
