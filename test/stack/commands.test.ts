/** The operator's commands as they are typed, against a stack that runs. */

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { codeHash, seedHash } from '../../adapters/slots.ts';
import { type SaleCommands, saleCommands } from './sale-command.ts';
import { MINUTE_MS, type Scene, startScene } from './scene.ts';

let scene: Scene;
let commands: SaleCommands;

beforeAll(async () => {
  scene = await startScene();
  commands = saleCommands(scene);
}, 30_000);

afterAll(async () => {
  commands?.close();
  await scene?.stop();
});

/** What each test has done, as the operators' log has it. */
const logged = async () => {
  const { out } = await commands.sale('log', '--json');
  const { entries } = JSON.parse(out);
  return entries.slice(seen);
};

let seen = 0;

afterEach(async () => {
  seen = JSON.parse((await commands.sale('log', '--json')).out).entries.length;
});

const sale = (...words: readonly string[]) => commands.sale(...words);

const publishLater = (id: string, changes: object = {}) => {
  const now = scene.stack.clock.now();
  const times = { opensAt: now + 10 * MINUTE_MS, closesAt: now + 20 * MINUTE_MS };
  return scene.publish({ id, ...times, draw: { source: 'drand round 7' }, ...changes });
};

describe('the sale commands', () => {
  test('pause and resume, and say when slots begin', async () => {
    await scene.publish({ id: 'halted' });
    expect(await sale('pause', 'halted', '--yes')).toMatchObject({
      code: 0,
      out: expect.stringMatching(
        /\nPaused: "halted"; the edges hear of it within half a minute\n$/,
      ),
    });
    const soon = await sale('resume', 'halted', '--in', '59', '--yes');
    expect([soon.code, soon.err]).toEqual([1, expect.stringContaining('it must be 60 to 3600')]);
    const resumed = await sale('resume', 'halted', '--in', '90', '--yes');
    expect(resumed.out).toMatch(/\nResumed: slots of "halted" begin again at 20\d\d-.*Z\n$/);
    expect((await sale('resume', 'halted', '--yes')).out).toContain('is not paused');
    const unknown = await sale('pause', 'nowhere', '--yes');
    expect(unknown).toEqual({
      ...{ code: 1, out: '', err: 'Cannot pause "nowhere": there is no such sale\n' },
    });
    expect(await logged()).toMatchObject([
      { what: 'pause', saleId: 'halted', outcome: 'paused' },
      { what: 'resume', saleId: 'halted', detail: { inSeconds: 90 }, outcome: 'resumed' },
      { what: 'resume', saleId: 'halted', outcome: 'running' },
    ]);
  }, 120_000);

  test('draw once, and check the slots of a closed sale for a stranger', async () => {
    const { slotSeed } = await publishLater('fair');
    const drawn = await sale('draw', 'fair', '--value', 'a1b2', '--yes');
    expect([drawn.code, drawn.out]).toEqual([
      0,
      expect.stringMatching(/\nDrawn: the slots of "fair" are mixed with "a1b2"\n$/),
    ]);
    const again = await sale('draw', 'fair', '--value', 'c3d4', '--yes');
    expect([again.code, again.err]).toEqual([
      1,
      'Cannot draw "fair": it was drawn with "a1b2", and that counts\n',
    ]);
    const site = ['--site', scene.stack.siteUrl];
    const early = await commands.type('slots', 'fair', ...site);
    expect([early.code, early.out]).toEqual([1, expect.not.stringContaining(slotSeed)]);
    const { body } = await (await scene.enter()).ask('POST', '/api/sales/fair/ticket');
    await scene.stack.clock.advance(21 * MINUTE_MS);

    const right = ['--announced', seedHash(slotSeed), '--shopper', body['shopper']];
    const checked = await commands.type('slots', 'fair', ...site, ...right);
    expect(checked.code).toBe(0);
    expect(checked.out).toContain('RIGHT: the seed has the hash that was announced');
    expect(checked.out).toContain(`lot           ${body['lot']} of 0 to 65535`);
    expect(checked.out).toContain(new Date(body['slotEpochMs']).toISOString());
    const wrong = await commands.type('slots', 'fair', ...site, '--announced', seedHash('another'));
    expect([wrong.code, wrong.err]).toEqual([1, expect.stringContaining('WRONG')]);
    expect(await logged()).toMatchObject([
      { what: 'draw', saleId: 'fair', detail: { value: 'a1b2' }, outcome: 'drawn' },
      { what: 'draw', saleId: 'fair', detail: { value: 'c3d4' }, outcome: 'drawn-already' },
    ]);
  }, 120_000);

  test('block clients at the gate, list them, and let them in again', async () => {
    expect((await sale('block')).out).toBe('Nobody is blocked\n');
    const put = ['--address', '203.0.113.7', '198.51.100.', '--agent', 'test-robot'];
    expect((await sale('block', ...put, '--yes')).code).toBe(0);
    const listed = (await sale('block')).out;
    expect(listed).toBe('address  203.0.113.7\naddress  198.51.100.\nagent    test-robot\n');
    const headers = { 'user-agent': 'Test-Robot/1.0' };
    const robot = await scene.ask('POST', '/api/session', { headers });
    expect([robot.status, robot.body['code']]).toEqual([403, 'blocked']);
    expect((await scene.ask('POST', '/api/session')).status).toBe(204);
    const wrong = await sale('block', '--address', '10.0.0.0/8', '--yes');
    expect([wrong.code, wrong.err]).toEqual([1, expect.stringContaining('Cannot block address')]);
    await sale('block', '--remove', ...put, '--yes');
    expect((await sale('block')).out).toBe('Nobody is blocked\n');
    expect((await scene.ask('POST', '/api/session', { headers })).status).toBe(204);
    const detail = { address: '203.0.113.7 198.51.100.', agent: 'test-robot' };
    expect(await logged()).toMatchObject([
      { what: 'block', detail, outcome: 'told' },
      { what: 'unblock', detail, outcome: 'told' },
    ]);
  }, 120_000);

  test('do nothing where nobody can be asked, nor write it down', async () => {
    await publishLater('asked');
    // Sweeps go on meanwhile, and write their summaries.
    const standing = async () => (await scene.dump()).filter((item) => !item.includes('"HINT#'));
    const before = await standing();
    const changes = [
      ['pause', 'asked'],
      ['resume', 'asked'],
      ['draw', 'asked', '--value', 'a1b2'],
      ['block', '--agent', 'robot'],
      ['keys', 'rotate'],
    ];
    for (const words of changes) {
      const { code, err } = await sale(...words);
      expect([words, code, err]).toEqual([
        words,
        1,
        expect.stringMatching(
          /^Cannot ask whether to .*: there is no terminal; add --yes to do it/,
        ),
      ]);
    }
    expect(await standing()).toEqual(before);
    expect(await logged()).toEqual([]);
  }, 120_000);

  test('print what scripts read as one object, and nothing else', async () => {
    await scene.publish({ id: 'scripted' });
    const paused = await sale('pause', 'scripted', '--yes', '--json');
    expect(JSON.parse(paused.out)).toEqual({ kind: 'paused' });
    expect(JSON.parse((await sale('block', '--json')).out)).toEqual({ blocked: {} });
    const { sales } = JSON.parse((await sale('list', '--json')).out);
    expect(sales).toContainEqual(
      expect.objectContaining({ id: 'scripted', items: [expect.objectContaining({ units: 10 })] }),
    );
    const listed = await sale('list');
    expect(listed.out).toMatch(/^sale +state +opens +closes +item +for sale +held +paid\n/);
    expect(listed.out).toMatch(/\nscripted +(scheduled|paused) /);
  }, 120_000);

  test('rotate keys, and write down that it was done', async () => {
    const { active } = await scene.deployment.keys.read();
    // It waits for a minute, which is somebody else's test: what the log says meanwhile is this one's.
    const child = commands.start('keys', 'rotate', '--yes');
    await expectSoon(async () => (await scene.deployment.keys.read()).made['k2'] !== undefined);
    child.kill('SIGKILL');
    expect(active).toBe('k1');
    expect(await logged()).toEqual([
      expect.objectContaining({ what: 'keys rotate', name: expect.any(String) }),
    ]);
    expect((await sale('log')).out).toMatch(/keys rotate {2}OUTCOME NOT KNOWN/);
  }, 120_000);

  test('suggest what was meant', async () => {
    const { code, err } = await commands.type('wach', 'first');
    expect([code, err]).toEqual([1, expect.stringContaining('Did you mean watch?')]);
  }, 120_000);

  test('print what a file says of a code, and refuse one that nobody could type', async () => {
    const { out } = await commands.type('code', 'night', ' lamp-2026 ');
    expect(out).toBe(`${codeHash('night', 'LAMP-2026')}\n`);
    const wrong = await commands.type('code', 'night', 'l\u0007mp');
    expect([wrong.code, wrong.err]).toEqual([1, expect.stringContaining('Cannot use this code')]);
  }, 120_000);

  test('refuse a sale that wants a CAPTCHA where there is no web ACL', async () => {
    const file = join(commands.folder, 'captcha.json');
    const now = scene.stack.clock.now();
    const content = {
      ...{ id: 'captcha', title: 'Captcha', currency: 'EUR', access: { captcha: true } },
      opensAt: new Date(now + MINUTE_MS).toISOString(),
      closesAt: new Date(now + 9 * MINUTE_MS).toISOString(),
      items: [{ sku: 'lamp', name: 'Lamp', price: 1, units: 1 }],
    };
    writeFileSync(file, JSON.stringify(content));
    const outputs = join(commands.folder, 'without.json');
    const { Waf: _, ...others } = scene.stack.outputs;
    writeFileSync(outputs, JSON.stringify({ endpoint: scene.stack.awsUrl, outputs: others }));
    expect(await commands.type('publish', file, '--yes', '--outputs', outputs)).toMatchObject({
      ...{ code: 1, err: expect.stringContaining('its access.captcha needs AWS WAF') },
    });
  }, 120_000);
});

/** Waits for something that another process does. */
async function expectSoon(isSo: () => Promise<boolean>): Promise<void> {
  while (!(await isSo())) await new Promise((resolve) => setTimeout(resolve, 50));
}
