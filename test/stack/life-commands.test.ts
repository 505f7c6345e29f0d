/** The commands that move a closing, keep environments warm, and deploy, as they are typed. */

import { execFile } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { findSale } from '../../domain/catalogue.ts';
import { environmentsFor } from '../../domain/warmth.ts';
import { MINUTE_MS, type Scene, startScene } from './scene.ts';

let scene: Scene;
let folder: string;

const DAY_MS = 1440 * MINUTE_MS;

beforeAll(async () => {
  const opensAt = Date.now() + 100 * DAY_MS;
  const idle = { id: 'idle', opensAt, closesAt: opensAt + 1 };
  scene = await startScene(idle, { parameters: { MostWarm: '8' } });
  folder = mkdtempSync(join(tmpdir(), 'life-'));
  const { awsUrl: endpoint, outputs } = scene.stack;
  writeFileSync(at('outputs.json'), JSON.stringify({ endpoint, 'FlashSale-dev-All': outputs }));
  const noTables = { ...outputs, CatalogueTable: 'gone' };
  writeFileSync(at('broken.json'), JSON.stringify({ endpoint, 'FlashSale-dev-All': noTables }));
  writeFileSync(
    at('cdk'),
    `#!/bin/sh\necho "$@" >> "${at('cdk.log')}"\nexit "\${CDK_STATUS:-0}"\n`,
  );
  chmodSync(at('cdk'), 0o755);
}, 60_000);

afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await scene?.stop();
});

const at = (name: string): string => join(folder, name);

type Ended = { readonly code: number; readonly out: string; readonly err: string };

const sale = (words: readonly string[], env: object = {}): Promise<Ended> => {
  const PATH = [folder, process.env['PATH']].join(delimiter);
  return new Promise((resolve) => {
    const options = { env: { ...process.env, PATH, ...env } };
    execFile(process.execPath, ['cli/run.ts', ...words], options, (error, out, err) =>
      resolve({ code: Number(error?.code ?? 0), out, err }),
    );
  });
};

const here = () => ['--outputs', at('outputs.json')];
const said = async (words: readonly string[]) => JSON.parse((await sale(words)).out);
const iso = (instant: number) => new Date(instant).toISOString();
const saleNow = (id: string) => findSale(scene.deployment.store, id);

describe('warm', () => {
  test('shows what is warm, what it costs and what stays, and takes it back', async () => {
    const opensAt = scene.stack.clock.now() + DAY_MS;
    const admission = { expectedShoppers: 0, perSecond: 40, difficulty: 0, ticketSeconds: 10 };
    await scene.publish({ id: 'hot', opensAt, closesAt: opensAt + MINUTE_MS, admission });
    const wanted = environmentsFor(40);
    const shown = await sale(['warm', 'hot', ...here()]);
    expect(shown.code).toBe(1);
    expect(shown.out).toContain(
      `Buy function: 0 asked for, 0 ready; ${wanted} wanted, 8 at most.\n  ${wanted} cost $0.02 an hour`,
    );
    expect(shown.out).toContain('Table Stock: this place has no warm throughput.');
    const warm = (...more: string[]) =>
      said(['warm', 'hot', '--yes', '--json', ...more, ...here()]);
    const environments = { kind: 'changed', before: 0, now: wanted };
    expect(await warm()).toEqual({ kind: 'changed', environments });
    expect(await warm()).toMatchObject({ kind: 'unchanged' });
    expect(await warm('--off')).toMatchObject({ environments: { before: wanted, now: 0 } });
    const unknown = await sale(['warm', 'nowhere', ...here()]);
    expect(unknown.err).toBe('Cannot warm "nowhere": there is no such sale\n');
  }, 60_000);
});

describe('extend', () => {
  test('says what it changes, asks, and closes later', async () => {
    const { closesAt } = await scene.publish({ id: 'longer' });
    const until = iso(closesAt + DAY_MS);
    const words = ['extend', 'longer', '--until', until, ...here()];
    const asked = await sale(words);
    expect([asked.code, asked.err]).toEqual([1, expect.stringContaining('add --yes to do it')]);
    expect(asked.out).toContain(`It closes at ${until} instead of ${iso(closesAt)}.`);
    expect((await saleNow('longer'))?.closesAt).toBe(closesAt);
    const done = await sale([...words, '--yes']);
    expect([done.code, done.err]).toEqual([0, '']);
    expect(done.out).toContain(`Extended: "longer" closes at ${until}`);
    expect(await said([...words, '--yes', '--json'])).toEqual({
      ...{ kind: 'extended', closesAt: closesAt + DAY_MS },
    });
    const today = new Date().toISOString().slice(0, 10);
    const log = await scene.deployment.journal.read(today);
    expect(log.filter(({ what }) => what === 'extend')).toMatchObject([
      { saleId: 'longer', detail: { until }, outcome: 'extended' },
      { saleId: 'longer', detail: { until }, outcome: 'extended' },
    ]);
  }, 60_000);

  test('says why not', async () => {
    const { closesAt } = await scene.publish({ id: 'same' });
    const extend = (id: string, instant: number) =>
      sale(['extend', id, '--until', iso(instant), '--yes', ...here()]);
    expect((await extend('same', closesAt - 1)).err).toContain('which is later');
    expect((await extend('same', closesAt + 31 * DAY_MS)).err).toContain('30 days beyond its file');
    expect((await extend('nowhere', closesAt)).err).toContain('there is no such sale');
    const words = ['extend', 'same', '--until', '2026-11-27', ...here()];
    expect((await sale(words)).err).toContain('2026-11-27 is no instant');
  }, 60_000);
});

describe('close', () => {
  test('shows open orders, asks, and is final', async () => {
    // Commands go by the clock of the machine.
    await scene.publish({ id: 'over', opensAt: Date.now() - 1000, items: [{ units: 3 }] });
    await (await scene.enter()).order('over');
    const asked = await sale(['close', 'over', ...here()]);
    expect([asked.code, asked.err]).toEqual([1, expect.stringContaining('add --yes')]);
    expect(asked.out).toContain('This cannot be undone.');
    expect(asked.out).toContain('1 units are ordered and not known to be paid');
    const done = await sale(['close', 'over', '--yes', ...here()]);
    expect([done.code, done.out]).toEqual([0, expect.stringContaining('Closed: "over", at ')]);
    expect(await saleNow('over')).toMatchObject({ closed: true });
    const again = await sale(['close', 'over', '--yes', ...here()]);
    expect(again.out).toContain('It is over');
    const until = iso(scene.stack.clock.now() + DAY_MS);
    const late = await sale(['extend', 'over', '--until', until, '--yes', ...here()]);
    expect(late.err).toContain('what is closed stays closed');
  }, 60_000);
});

describe('deploy', () => {
  const runs = (): readonly string[] => {
    try {
      return readFileSync(at('cdk.log'), 'utf8').trim().split('\n');
    } catch {
      return [];
    }
  };
  const deploy = (options: readonly string[], args: readonly string[] = [], env: object = {}) =>
    sale(['deploy', '--yes', ...options, '--', ...args], env);

  test('refuses beside a sale that is open, and deploys with --force', async () => {
    const times = { opensAt: Date.now() - 1000, closesAt: Date.now() + 60 * MINUTE_MS };
    await scene.publish({ id: 'on', ...times });
    const before = runs().length;
    const refused = await deploy(here());
    expect([refused.code, runs().length]).toEqual([1, before]);
    expect(refused.err).toContain('sale "on" is open until');
    const forced = await deploy([...here(), '--force'], ['--require-approval', 'never']);
    expect([forced.code, forced.out]).toEqual([0, expect.stringContaining('Although sale "on"')]);
    const file = at('outputs.json');
    expect(runs().at(-1)).toBe(`deploy --all --outputs-file ${file} --require-approval never`);
  }, 60_000);

  test('refuses where it cannot find out, but for the first time', async () => {
    const before = runs().length;
    const missing = ['--outputs', at('missing.json')];
    const unknown = await deploy(missing);
    expect([unknown.code, unknown.err]).toEqual([1, expect.stringContaining('there is no file')]);
    const other = await deploy(here(), ['-c', 'stage=prod']);
    expect(other.err).toContain('is not of stage "prod": it has endpoint, FlashSale-dev-All');
    const broken = await deploy(['--outputs', at('broken.json')]);
    expect(broken.err).toContain('Cannot find out whether a deployment would disturb a sale');
    expect(runs()).toHaveLength(before);
    expect((await deploy([...missing, '--first'])).code).toBe(0);
    expect(runs()).toHaveLength(before + 1);
  }, 60_000);

  test('fails as cdk does', async () => {
    const failed = await deploy(['--first'], [], { CDK_STATUS: '3' });
    expect([failed.code, failed.err]).toEqual([1, 'Cannot deploy: cdk ended with status 3\n']);
  }, 60_000);
});
