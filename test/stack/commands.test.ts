/** The operator's commands as they are typed, against a stack that runs. */

import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { codeHash, seedHash } from '../../adapters/slots.ts';
import { MINUTE_MS, type Scene, startScene } from './scene.ts';

let scene: Scene;
let folder: string;

beforeAll(async () => {
  scene = await startScene();
  folder = mkdtempSync(join(tmpdir(), 'commands-'));
  const { awsUrl: endpoint, outputs } = scene.stack;
  writeFileSync(join(folder, 'outputs.json'), JSON.stringify({ endpoint, outputs }));
}, 30_000);

afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await scene?.stop();
});

type Ended = { readonly code: number; readonly out: string; readonly err: string };

const sale = (...words: readonly string[]): Promise<Ended> =>
  new Promise((resolve) => {
    execFile(process.execPath, ['cli/sale.ts', ...words], (error, out, err) =>
      resolve({ code: Number(error?.code ?? 0), out, err }),
    );
  });

const here = () => ['--outputs', join(folder, 'outputs.json')];

const publishLater = (id: string, changes: object = {}) => {
  const now = scene.stack.clock.now();
  const times = { opensAt: now + 10 * MINUTE_MS, closesAt: now + 20 * MINUTE_MS };
  return scene.publish({ id, ...times, draw: { source: 'drand round 7' }, ...changes });
};

describe('the sale commands', () => {
  test('pause and resume, and say when slots begin', async () => {
    await scene.publish({ id: 'halted' });
    expect(await sale('pause', 'halted', ...here())).toMatchObject({
      ...{ code: 0, out: 'Paused: "halted"; the edges hear of it within half a minute\n' },
    });
    const soon = await sale('resume', 'halted', '--in', '59', ...here());
    expect([soon.code, soon.err]).toEqual([1, expect.stringContaining('it must be 60 to 3600')]);
    const resumed = await sale('resume', 'halted', '--in', '90', ...here());
    expect(resumed.out).toMatch(/^Resumed: slots of "halted" begin again at 20\d\d-.*Z\n$/);
    expect((await sale('resume', 'halted', ...here())).out).toContain('is not paused');
    const unknown = await sale('pause', 'nowhere', ...here());
    expect(unknown).toEqual({
      ...{ code: 1, out: '', err: 'Cannot pause "nowhere": there is no such sale\n' },
    });
  }, 30_000);

  test('draw once, and check the slots of a closed sale for a stranger', async () => {
    const { slotSeed } = await publishLater('fair');
    const drawn = await sale('draw', 'fair', '--value', 'a1b2', ...here());
    expect([drawn.code, drawn.out]).toEqual([
      0,
      'Drawn: the slots of "fair" are mixed with "a1b2"\n',
    ]);
    const again = await sale('draw', 'fair', '--value', 'c3d4', ...here());
    expect([again.code, again.err]).toEqual([
      1,
      'Cannot draw "fair": it was drawn with "a1b2", and that counts\n',
    ]);
    const site = ['--site', scene.stack.siteUrl];
    const early = await sale('slots', 'fair', ...site);
    expect([early.code, early.out]).toEqual([1, expect.not.stringContaining(slotSeed)]);
    const { body } = await (await scene.enter()).ask('POST', '/api/sales/fair/ticket');
    await scene.stack.clock.advance(21 * MINUTE_MS);

    const right = ['--announced', seedHash(slotSeed), '--shopper', body['shopper']];
    const checked = await sale('slots', 'fair', ...site, ...right);
    expect(checked.code).toBe(0);
    expect(checked.out).toContain('RIGHT: the seed has the hash that was announced');
    expect(checked.out).toContain(`lot           ${body['lot']} of 0 to 65535`);
    expect(checked.out).toContain(new Date(body['slotEpochMs']).toISOString());
    const wrong = await sale('slots', 'fair', ...site, '--announced', seedHash('another'));
    expect([wrong.code, wrong.err]).toEqual([1, expect.stringContaining('WRONG')]);
  }, 30_000);

  test('block clients at the gate, list them, and let them in again', async () => {
    expect((await sale('block', ...here())).out).toBe('Nobody is blocked\n');
    const put = ['--address', '203.0.113.7', '198.51.100.', '--agent', 'test-robot'];
    expect((await sale('block', ...put, ...here())).code).toBe(0);
    const listed = (await sale('block', ...here())).out;
    expect(listed).toBe('address  203.0.113.7\naddress  198.51.100.\nagent    test-robot\n');
    const headers = { 'user-agent': 'Test-Robot/1.0' };
    const robot = await scene.ask('POST', '/api/session', { headers });
    expect([robot.status, robot.body['code']]).toEqual([403, 'blocked']);
    expect((await scene.ask('POST', '/api/session')).status).toBe(204);
    const wrong = await sale('block', '--address', '10.0.0.0/8', ...here());
    expect([wrong.code, wrong.err]).toEqual([1, expect.stringContaining('Cannot block address')]);
    await sale('block', '--remove', ...put, ...here());
    expect((await sale('block', ...here())).out).toBe('Nobody is blocked\n');
    expect((await scene.ask('POST', '/api/session', { headers })).status).toBe(204);
  }, 30_000);

  test('print what a file says of a code, and refuse one that nobody could type', async () => {
    const { out } = await sale('code', 'night', ' lamp-2026 ');
    expect(out).toBe(`${codeHash('night', 'LAMP-2026')}\n`);
    const wrong = await sale('code', 'night', 'l\u0007mp');
    expect([wrong.code, wrong.err]).toEqual([1, expect.stringContaining('Cannot use this code')]);
  }, 30_000);

  test('refuse a sale that wants a CAPTCHA where there is no web ACL', async () => {
    const file = join(folder, 'captcha.json');
    const now = scene.stack.clock.now();
    const content = {
      ...{ id: 'captcha', title: 'Captcha', currency: 'EUR', access: { captcha: true } },
      opensAt: new Date(now + MINUTE_MS).toISOString(),
      closesAt: new Date(now + 9 * MINUTE_MS).toISOString(),
      items: [{ sku: 'lamp', name: 'Lamp', price: 1, units: 1 }],
    };
    writeFileSync(file, JSON.stringify(content));
    const outputs = join(folder, 'without.json');
    const { Waf: _, ...others } = scene.stack.outputs;
    writeFileSync(outputs, JSON.stringify({ endpoint: scene.stack.awsUrl, outputs: others }));
    expect(await sale('publish', file, '--outputs', outputs)).toMatchObject({
      ...{ code: 1, err: expect.stringContaining('its access.captcha needs AWS WAF') },
    });
  }, 30_000);
});
