/** Our own web ACL before our own gate: what it refuses, and what passes. */

import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Scene, startScene } from './scene.ts';
import { ALLOWED, BLOCKED, PER_ADDRESS, PER_SHOPPER, wafAssembly } from './waf-assembly.ts';

const ADDRESS = 'x-test-address';

/** What a browser has that has solved the silent challenge, and one that has solved a CAPTCHA. */
const CHALLENGED = 'aws-waf-token=local-challenged';
const SOLVED = 'aws-waf-token=local-solved';

const HTML = { accept: 'text/html' };

let assembly: ReturnType<typeof wafAssembly>;
let scene: Scene;

beforeAll(async () => {
  assembly = wafAssembly();
  const options = { assembly: assembly.folder, viewerAddressHeader: ADDRESS };
  scene = await startScene({ id: 'walled', access: { captcha: true } }, options);
  await scene.publish({ id: 'open' });
  await scene.open();
}, 60_000);

afterAll(async () => {
  await scene?.stop();
  assembly?.remove();
});

let nobody = 0;

/** An address that nobody has asked from. */
const anAddress = () => {
  nobody += 1;
  return `10.1.${nobody >> 8}.${nobody & 255}`;
};

type Ask = Readonly<Record<string, string>>;

const ask = (method: string, path: string, headers: Ask = {}) =>
  fetch(`${scene.stack.siteUrl}${path}`, {
    method,
    headers: { [ADDRESS]: anAddress(), ...headers },
  });

async function statuses(count: number, method: string, path: string, headers: () => Ask) {
  const found: number[] = [];
  for (let i = 0; i < count; i++) found.push((await ask(method, path, headers())).status);
  return found;
}

const times = (count: number, status: number): number[] => Array(count).fill(status);

/** The session cookie of a new shopper, with the token beside it. */
async function aShopper(token = CHALLENGED): Promise<string> {
  const { headers } = await ask('POST', '/api/session', { cookie: token });
  return `${headers.getSetCookie()[0]?.split(';')[0]}; ${token}`;
}

const codeOf = async (response: Response) => ((await response.json()) as { code: string }).code;

describe('limits by address', () => {
  test.each([
    ['session', 'POST', '/api/session', 204],
    ['ticket', 'POST', '/api/sales/open/ticket', 401],
    ['challenge', 'GET', '/api/sales/open/challenge', 401],
    ['buy', 'POST', '/api/sales/open/d00r/orders?sku=lamp', 401],
  ])('refuse the %s route above their number, and nobody else', async (_, method, path, passes) => {
    const own = anAddress();
    const headers = () => ({ [ADDRESS]: own, cookie: CHALLENGED });
    expect(await statuses(PER_ADDRESS, method, path, headers)).toEqual(times(PER_ADDRESS, passes));
    expect(await statuses(1, method, path, headers)).toEqual([429]);
    expect((await ask(method, path, { cookie: CHALLENGED })).status).toBe(passes);
    expect((await ask('GET', '/api/time', headers())).status).toBe(200);
  });

  test('answer with the problem document, as JSON', async () => {
    const own = { [ADDRESS]: anAddress(), cookie: CHALLENGED };
    await statuses(PER_ADDRESS, 'POST', '/api/session', () => own);
    const refused = await ask('POST', '/api/session', own);
    expect(refused.headers.get('content-type')).toBe('application/json');
    expect(refused.headers.get('retry-after')).toBe('10');
    expect(await refused.json()).toMatchObject({
      type: 'urn:flash-sale:problem:too-many-requests',
      status: 429,
      code: 'too-many-requests',
      retryAfterSeconds: 10,
    });
  });
});

describe('limits by shopper', () => {
  test.each([
    ['session', 'POST', '/api/session', 204],
    ['ticket', 'POST', '/api/sales/open/ticket', 200],
    ['buy', 'POST', '/api/sales/open/d00r/orders?sku=lamp', 403],
  ])(
    'refuse the %s route above their number, from whatever address',
    async (_, method, path, passes) => {
      const [ada, bob] = [await aShopper(), await aShopper()];
      const adas = () => ({ cookie: ada });
      expect(await statuses(PER_SHOPPER, method, path, adas)).toEqual(times(PER_SHOPPER, passes));
      expect(await statuses(1, method, path, adas)).toEqual([429]);
      expect((await ask(method, path, { cookie: bob })).status).toBe(passes);
    },
  );
});

describe('the lists', () => {
  test('an allowed address meets no limit and no challenge', async () => {
    const allowed = () => ({ [ADDRESS]: ALLOWED });
    const count = PER_ADDRESS + 5;
    expect(await statuses(count, 'POST', '/api/session', allowed)).toEqual(times(count, 204));
  });

  test.each(['/', '/sales/open/', '/api/time', '/api/sales/open'])(
    'a blocked address is refused %s',
    async (path) => {
      const refused = await ask('GET', path, { [ADDRESS]: BLOCKED });
      expect([refused.status, await codeOf(refused)]).toEqual([403, 'blocked']);
    },
  );
});

describe('the proof of a browser', () => {
  test('is asked for on the page of a sale and where a session begins', async () => {
    const page = await ask('GET', '/sales/open/', HTML);
    expect([page.status, page.headers.get('x-amzn-waf-action')]).toEqual([202, 'challenge']);
    expect((await ask('POST', '/api/session')).status).toBe(202);
    expect((await ask('GET', '/sales/open/', { ...HTML, cookie: CHALLENGED })).status).toBe(200);
    expect((await ask('POST', '/api/session', { cookie: CHALLENGED })).status).toBe(204);
  });

  test('is asked for nowhere else', async () => {
    for (const path of ['/', '/sales/open/sale.js?v=1', '/api/time', '/api/sales/open']) {
      expect((await ask('GET', path, HTML)).status).toBe(200);
    }
  });
});

describe('a sale with a CAPTCHA', () => {
  const ticket = '/api/sales/walled/ticket';

  test('gives a ticket to whoever has solved it', async () => {
    const ada = await aShopper();
    const without = await ask('POST', ticket, { cookie: ada });
    expect([without.status, await codeOf(without)]).toEqual([403, 'captcha-required']);

    const asked = await ask('POST', `${ticket}?captcha=1`, { cookie: ada });
    expect([asked.status, asked.headers.get('x-amzn-waf-action')]).toEqual([405, 'captcha']);
    const puzzle = await ask('GET', '/sales/walled/?captcha=1', { ...HTML, cookie: ada });
    expect([puzzle.status, await puzzle.text()]).toEqual([405, expect.stringContaining('<button')]);

    const solved = ada.replace(CHALLENGED, SOLVED);
    const page = await ask('GET', '/sales/walled/?captcha=1', { ...HTML, cookie: solved });
    expect(page.status).toBe(200);
    expect((await ask('POST', `${ticket}?captcha=1`, { cookie: solved })).status).toBe(200);
    // The header comes with the rule, and the rule with the query.
    expect((await ask('POST', ticket, { cookie: solved })).status).toBe(403);
  });

  test.each(['10.2.0.1', ALLOWED])(
    'is not fooled by the header that %s brings',
    async (address) => {
      const cookie = await aShopper(SOLVED);
      const forged = { [ADDRESS]: address, cookie, 'x-amzn-waf-captcha': 'solved' };
      for (const query of ['', '?captcha=1']) {
        const refused = await ask('POST', `${ticket}${query}`, forged);
        expect([refused.status, await codeOf(refused)]).toEqual([403, 'blocked']);
      }
    },
  );

  test('lets an allowed address off nothing', async () => {
    const cookie = await aShopper();
    const asked = await ask('POST', `${ticket}?captcha=1`, { [ADDRESS]: ALLOWED, cookie });
    expect(asked.status).toBe(405);
  });
});

describe('the stack', () => {
  test('says that the web ACL is on, and what each rule refused', () => {
    expect(scene.stack.outputs['Waf']).toBe('on');
    expect(Object.keys(scene.stack.requests.waf)).toEqual(
      expect.arrayContaining([
        'ForgedHeader',
        'BlockList',
        'Captcha',
        'SessionPerAddress',
        'SessionPerShopper',
        'TicketPerAddress',
        'TicketPerShopper',
        'BuyPerAddress',
        'BuyPerShopper',
        'Prove',
      ]),
    );
  });
});
