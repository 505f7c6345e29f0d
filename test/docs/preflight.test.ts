/** `docs/preflight.md` has a heading for each line, the quota codes, and every permission that is asked for. */

import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { quotaOf } from '../../capacity/preflight-quotas.ts';
import { LINES } from '../../domain/preflight-line.ts';

const page = readFileSync('docs/preflight.md', 'utf8');

test('each line is a heading, in the order in which the lines are told', () => {
  const headings = [...page.matchAll(/^### (.+)$/gm)].map(([, heading]) => heading);
  expect(headings).toEqual(Object.values(LINES));
});

test.each(['apiRate', 'concurrency', 'tableWrites', 'schedulesRun'] as const)(
  'the quota code of %s is told',
  (limit) => {
    expect(page).toContain(`\`${quotaOf(limit)?.code}\``);
  },
);

test('the policy allows what is asked, and no more', () => {
  const files = readdirSync('adapters').filter((name) => name.startsWith('account'));
  const sources = files.map((name) => readFileSync(`adapters/${name}`, 'utf8')).join('\n');
  // `service:Operation`; for API Gateway a verb and a path, of which the policy has the path among its resources.
  const asked = new Set(sources.match(/\b[a-z][a-z-]+:[A-Z][A-Za-z]+(?=[,' ])/g));
  // The sale itself, as every command reads it, and the depth of queues, as other commands ask for it.
  for (const also of ['dynamodb:BatchGetItem', 'dynamodb:Scan', 'sqs:GetQueueAttributes'])
    asked.add(also);
  const policy = JSON.parse(/```json\n([\s\S]+?)```/.exec(page)?.[1] ?? '') as {
    Statement: { Action: string[]; Resource: string | string[] }[];
  };
  const allowed = policy.Statement.flatMap(({ Action }) => Action);
  expect([...asked].sort()).toEqual(allowed.toSorted());
  const paths = [...sources.matchAll(/apigateway:GET (\/[^']+)'/g)].map(([, path]) => `::${path}`);
  const api = policy.Statement.find(({ Action }) => Action.includes('apigateway:GET'))?.Resource;
  expect(paths.map((path) => `arn:aws:apigateway:*${path}`).sort()).toEqual(
    [...(api ?? [])].sort(),
  );
});
