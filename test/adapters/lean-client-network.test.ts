/** @module What becomes of a call when the network fails, is slow, or is encrypted: as with the SDK's client. */

import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { ScanCommand } from '@aws-sdk/client-dynamodb';
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { CALL_TIMEOUT_MS } from '../../adapters/aws-clients.ts';
import { selfSigned } from './certificate.ts';
import { caseOf } from './lean-cases.ts';
import {
  clientOf,
  ENVIRONMENT,
  inEnvironment,
  type Kind,
  type Outcome,
  outcomeOf,
  sendBoth,
} from './lean-pair.ts';
import { type Meeting, ok, type ScriptedAws, scriptedAws } from './scripted-aws.ts';

const put = caseOf('PutItemCommand');
const KINDS: readonly Kind[] = ['sdk', 'lean'];

beforeEach(() => {
  jest.spyOn(Math, 'random').mockReturnValue(0);
});
afterEach(() => {
  jest.restoreAllMocks();
});

/** Runs with a client of an AWS of its own. */
async function withAws<T>(
  kind: Kind,
  meetings: Parameters<typeof scriptedAws>[0],
  run: (client: ReturnType<typeof clientOf>, aws: ScriptedAws) => Promise<T>,
  tls?: { readonly key: string; readonly cert: string },
): Promise<T> {
  const aws = await scriptedAws(meetings, tls);
  try {
    return await inEnvironment({ ...ENVIRONMENT, AWS_ENDPOINT_URL: aws.url }, () =>
      run(clientOf(kind, put.service), aws),
    );
  } finally {
    await aws.close();
  }
}

const good = { output: expect.anything() };

describe('leanClient(), network', () => {
  test.each<[string, Meeting]>([
    ['is reset before the answer', 'reset'],
    ['is silent', 'silence'],
  ])('asks twice where the connection %s, and gives up as the SDK does', async (_, meeting) => {
    const { sdk, lean } = await sendBoth(put.service, put.command, [meeting]);
    // Each says in its own words what it has waited for.
    expect({ ...lean.error, message: '' }).toStrictEqual({ ...sdk.error, message: '' });
    expect(lean.error).toMatchObject({
      name: 'TimeoutError',
      members: { $metadata: { attempts: 2 } },
    });
    expect([sdk.asked.length, lean.asked.length]).toEqual([2, 2]);
  });

  test('waits as long as the SDK before it asks again', async () => {
    const { sdk, lean } = await sendBoth(put.service, put.command, ['silence', ok()]);
    for (const { asked } of [sdk, lean]) {
      const [first, second] = asked.map(({ at }) => at) as [number, number];
      expect(second - first).toBeGreaterThan(0.9 * CALL_TIMEOUT_MS);
      // So much may a busy machine add.
      expect(second - first).toBeLessThan(5 * CALL_TIMEOUT_MS);
    }
  });

  test.each<[string, Meeting]>([
    ['is reset before the answer', 'reset'],
    ['is silent', 'silence'],
    ['is reset amid the answer', { ...ok({ a: 'b'.repeat(1000) }), ends: 'is reset' }],
    ['is closed amid the answer', { ...ok({ a: 'b'.repeat(1000) }), ends: 'is cut' }],
  ])('answers at the second attempt where the connection %s once', async (_, meeting) => {
    const { sdk, lean } = await sendBoth(put.service, put.command, [meeting, ok()]);
    expect(lean.output).toStrictEqual(sdk.output);
    expect(lean).toMatchObject({ output: { $metadata: { attempts: 2 } } });
  });

  test.each(['is reset', 'is cut'] as const)(
    'asks twice where the connection %s amid each answer, as the SDK does',
    async (ends) => {
      const torn = { ...ok({ a: 'b'.repeat(1000) }), ends };
      const { sdk, lean } = await sendBoth(put.service, put.command, [torn]);
      for (const { error, asked } of [sdk, lean]) {
        expect(asked).toHaveLength(2);
        expect(error).toMatchObject({ members: { code: 'ECONNRESET' } });
      }
      // The SDK reads the body after its transport is done: there the error keeps its name.
      expect(lean.error?.name).toBe('TimeoutError');
    },
  );

  test('gives up an answer that stalls in its body, for which the SDK waits', async () => {
    const stalls = { ...ok({ a: 'b'.repeat(1000) }), ends: 'stalls' } as const;
    let isSdkDone = false;
    const sdk = withAws('sdk', [stalls], async (client, aws) => {
      const outcome = outcomeOf(client.send(put.command as never)).finally(() => {
        isSdkDone = true;
      });
      const lean = await withAws('lean', [stalls], async (other, { asked }) => ({
        ...(await outcomeOf(other.send(put.command as never))),
        asked: asked.length,
      }));
      expect(lean).toMatchObject({ error: { name: 'TimeoutError' }, asked: 2 });
      expect(isSdkDone).toBe(false);
      aws.release();
      return outcome;
    });
    expect(await sdk).toMatchObject(good);
  });

  test('asks twice where nobody listens', async () => {
    const nobody = await scriptedAws([]);
    await nobody.close();
    const outcomes = await inEnvironment(
      { ...ENVIRONMENT, AWS_ENDPOINT_URL: nobody.url },
      async () => {
        const found: Omit<Outcome, 'asked'>[] = [];
        for (const kind of KINDS)
          found.push(await outcomeOf(clientOf(kind, put.service).send(put.command as never)));
        return found;
      },
    );
    const [sdk, lean] = outcomes;
    expect(lean?.error).toStrictEqual(sdk?.error);
    expect(lean).toMatchObject({
      error: { members: { code: 'ECONNREFUSED', $metadata: { attempts: 2 } } },
    });
  });

  test.each(KINDS)(
    '%s goes on where the server closed the connection after its answer',
    async (kind) => {
      const outcomes = await withAws(kind, [{ ...ok(), ends: 'closes' }], async (client) => {
        const found: Omit<Outcome, 'asked'>[] = [];
        for (let call = 0; call < 5; call++)
          found.push(await outcomeOf(client.send(put.command as never)));
        return found;
      });
      expect(outcomes).toEqual(Array(5).fill(expect.objectContaining(good)));
    },
  );

  test('uses one connection for calls that follow each other', async () => {
    const connections = new Set<string>();
    await withAws('lean', [ok()], async (client, aws) => {
      for (let call = 0; call < 5; call++) await client.send(put.command as never);
      for (const { from } of aws.asked) connections.add(from);
    });
    expect(connections.size).toBe(1);
  });

  test.each(KINDS)('%s mixes up no answers of 64 calls at once', async (kind) => {
    await withAws(
      kind,
      ({ body }) => ok({ Items: [{ pk: { S: JSON.parse(body).TableName } }] }),
      async (client) => {
        const tables = Array.from({ length: 64 }, (_, index) => `T${index}-${'x'.repeat(index)}`);
        const answers = await Promise.all(
          tables.map((TableName) => client.send(new ScanCommand({ TableName }))),
        );
        expect(answers.map(({ Items }) => Items?.[0]?.['pk']?.S)).toEqual(tables);
      },
    );
  });

  test('reads an answer that comes in many pieces', async () => {
    const Items = Array.from({ length: 5_000 }, (_, index) => ({ pk: { S: `größe ${index}` } }));
    const { sdk, lean } = await sendBoth(put.service, new ScanCommand({ TableName: 'T' }), [
      ok({ Items }),
    ]);
    expect(lean.output).toStrictEqual(sdk.output);
    expect(lean.output).toMatchObject({ Items });
  });

  test.each(KINDS)(
    '%s speaks TLS, and with nobody whose certificate it cannot trust',
    async (kind) => {
      const pair = selfSigned();
      const send = () =>
        withAws(
          kind,
          [ok({ Attributes: {} })],
          (client) => outcomeOf(client.send(put.command as never)),
          pair,
        );
      const trusted = getCACertificates('default');
      expect(await send()).toMatchObject({
        error: { members: { code: 'DEPTH_ZERO_SELF_SIGNED_CERT' } },
      });
      setDefaultCACertificates([...trusted, pair.cert]);
      try {
        expect(await send()).toMatchObject(good);
      } finally {
        setDefaultCACertificates(trusted);
      }
    },
  );
});
