/** @module The permissions as a document: what `docs/permissions.md` says, made from the templates. */

import { type Grant, usedByAws } from './grants.ts';

const HEAD = `# Permissions

Who may call what on what: each role of the synthesised Service stack, each action, each resource. Made from the template
by \`node test/security/permissions.ts\`; \`test/security/permissions.test.ts\` holds it to the template, and the template to
the calls that the functions were seen to make on the local stack. What is granted is used, and what is used is granted.
No action has a wildcard; two resources have one, because sales come and go without a deployment: files below \`sales/\` in
the site bucket, and schedules of our own group.

| role of | action | on | used by |
| --- | --- | --- | --- |
`;

const TAIL = `
The Edge stack has one more role, of the CDK's own custom resource that uploads the site's files while \`cdk deploy\` runs:
it may write and delete in the site bucket, and reads the CDK's bucket of assets, with wildcards of the CDK's making
(\`s3:GetBucket*\`, \`s3:GetObject*\`, \`s3:List*\`, \`s3:Abort*\`, \`s3:DeleteObject*\`). It runs for no shopper. Operators act with
credentials of their own.
`;

const lineOf = (grant: Grant): string =>
  `| ${grant.who} | \`${grant.action}\` | ${grant.resource.replaceAll('*', '\\*')} | ${
    usedByAws(grant) ?? 'the function'
  } |`;

export const permissionsDocument = (grants: readonly Grant[]): string =>
  `${HEAD}${grants.map(lineOf).join('\n')}\n${TAIL}`;
