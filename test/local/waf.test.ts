/** That the local web ACL does what its template says, rule by rule. */

import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { LocalStack } from '../../local/stack.ts';
import { RULES, SETS, WINDOW_SECONDS } from './support/waf-rules.ts';
import { ADDRESS, startWafStack } from './support/waf-stack.ts';

let stack: LocalStack;
const lines: string[] = [];

beforeAll(async () => {
  const log = (line: string) => lines.push(line);
  const acl = { CaptchaConfig: { ImmunityTimeProperty: { ImmunityTime: 120 } } };
  stack = await startWafStack(RULES, { acl, sets: SETS, log });
}, 30_000);

afterAll(() => stack?.stop());

let nobody = 0;

/** Asks from an address that nobody has asked from, or from a given one. */
function ask(path: string, headers: Record<string, string> = {}, init: RequestInit = {}) {
  nobody += 1;
  const own = { [ADDRESS]: `10.0.${nobody >> 8}.${nobody & 255}`, ...headers };
  return fetch(`${stack.siteUrl}${path}`, { ...init, headers: own });
}

const eventOf = async (response: Response) =>
  (await response.json()) as { headers: Record<string, string>; requestContext: unknown };

/** Statuses of some requests, one after another. */
async function statuses(count: number, path: string, headers: Record<string, string>) {
  const found: number[] = [];
  for (let i = 0; i < count; i++) found.push((await ask(path, headers)).status);
  return found;
}

const times = (count: number, status: number): number[] => Array(count).fill(status);

describe('addresses', () => {
  test.each([
    ['203.0.113.0', 403],
    ['203.0.113.255', 403],
    ['203.0.112.255', 200],
    ['203.0.114.0', 200],
    ['2001:db8:ffff::1', 403],
    ['2001:db9::1', 200],
  ])('%s is answered %d', async (address, status) => {
    expect((await ask('/api/a', { [ADDRESS]: address })).status).toBe(status);
  });

  test('on the allow list meet no rule after it', async () => {
    const allowed = { [ADDRESS]: '198.51.100.7' };
    expect(await statuses(12, '/api/address', allowed)).toEqual(times(12, 200));
    expect((await ask('/api/a?stop=1', allowed)).status).toBe(200);
    const { headers } = await eventOf(await ask('/api/a', allowed));
    expect(headers['x-amzn-waf-allowed']).toBe('yes');
  });

  test('come from the header that the option names, which goes no further', async () => {
    const event = await eventOf(await ask('/api/a', { [ADDRESS]: '192.0.2.9' }));
    expect(event.requestContext).toMatchObject({ identity: { sourceIp: '192.0.2.9' } });
    expect(event.headers).not.toHaveProperty(ADDRESS.toLowerCase());
  });

  test('that are none are the address of the connection', async () => {
    const event = await eventOf(await ask('/api/a', { [ADDRESS]: 'nowhere' }));
    expect(event.requestContext).toMatchObject({ identity: { sourceIp: '127.0.0.1' } });
  });
});

describe('headers', () => {
  test('that a rule adds have its prefix and reach function and origin', async () => {
    const { headers } = await eventOf(await ask('/api/counted'));
    expect(headers['x-amzn-waf-counted']).toBe('yes');
    expect((await eventOf(await ask('/api/other'))).headers).not.toHaveProperty(
      'x-amzn-waf-counted',
    );
  });

  test('are what a request must not bring itself', async () => {
    expect((await ask('/api/counted', { 'x-amzn-waf-counted': 'yes' })).status).toBe(403);
    expect((await ask('/api/counted', { 'x-amzn-waf-counted': '' })).status).toBe(200);
  });
});

describe('a rate rule', () => {
  test('takes as many as its limit from one address, and no more until the window is over', async () => {
    const [ada, bob] = [{ [ADDRESS]: '192.0.2.1' }, { [ADDRESS]: '192.0.2.2' }];
    expect(await statuses(11, '/api/address', ada)).toEqual([...times(10, 200), 429]);
    expect(await statuses(1, '/api/address', bob)).toEqual([200]);
    expect(await statuses(1, '/api/elsewhere', ada)).toEqual([200]);
    await stack.clock.advance(1000 * (WINDOW_SECONDS - 20));
    expect(await statuses(1, '/api/address', ada)).toEqual([429]);
    await stack.clock.advance(21_000);
    expect(await statuses(1, '/api/address', ada)).toEqual([200]);
  });

  test('counts what it refuses: who does not stop is not let in again', async () => {
    const ada = { [ADDRESS]: '192.0.2.3' };
    await statuses(11, '/api/address', ada);
    await stack.clock.advance(1000 * (WINDOW_SECONDS / 2));
    expect(await statuses(10, '/api/address', ada)).toEqual(times(10, 429));
    await stack.clock.advance(1000 * (WINDOW_SECONDS / 2 + 1));
    expect(await statuses(1, '/api/address', ada)).toEqual([429]);
  });

  test('answers in the words of the template', async () => {
    const ada = { [ADDRESS]: '192.0.2.4' };
    await statuses(10, '/api/address', ada);
    const refused = await ask('/api/address', ada);
    expect(refused.headers.get('content-type')).toBe('application/json');
    expect(refused.headers.get('retry-after')).toBe('10');
    expect(await refused.json()).toEqual({ code: 'too-many' });
  });

  test('by cookie counts a cookie wherever it comes from, and nobody without it', async () => {
    const ada = { cookie: 'other=1; who=ada' };
    expect(await statuses(11, '/api/cookie', ada)).toEqual([...times(10, 200), 429]);
    expect(await statuses(1, '/api/cookie', { cookie: 'who=bob' })).toEqual([200]);
    expect(await statuses(12, '/api/cookie', {})).toEqual(times(12, 200));
  });

  test('by header counts all paths of its scope together, after its transformation', async () => {
    expect(await statuses(10, '/api/header1', { 'x-who': 'Ada' })).toEqual(times(10, 200));
    expect(await statuses(1, '/api/header2', { 'x-who': 'ada' })).toEqual([429]);
  });
});

describe('a puzzle', () => {
  const html = { accept: 'text/html,*/*' };

  test('is 405 for a CAPTCHA and 202 for a challenge, with a page for whoever reads pages', async () => {
    for (const [path, status, kind] of [
      ['/api/captcha', 405, 'captcha'],
      ['/api/challenge', 202, 'challenge'],
    ] as const) {
      const script = await ask(path);
      expect([script.status, script.headers.get('x-amzn-waf-action')]).toEqual([status, kind]);
      expect(await script.text()).toBe('');
      const page = await ask(path, html);
      expect([page.status, page.headers.get('content-type')]).toEqual([
        status,
        'text/html; charset=utf-8',
      ]);
      expect(await page.text()).toContain('aws-waf-token=local-');
    }
  });

  test('lets whoever has solved it through, with the header', async () => {
    const solved = { cookie: 'aws-waf-token=local-solved' };
    const { headers } = await eventOf(await ask('/api/captcha', solved));
    expect(headers['x-amzn-waf-captcha']).toBe('yes');
    expect((await ask('/api/challenge', solved)).status).toBe(200);
  });

  test('that was a challenge stands for no CAPTCHA', async () => {
    const challenged = { cookie: 'aws-waf-token=local-challenged' };
    expect((await ask('/api/challenge', challenged)).status).toBe(200);
    expect((await ask('/api/captcha', challenged)).status).toBe(405);
  });

  test('counts as long as the web ACL says', async () => {
    expect(await (await ask('/api/captcha', html)).text()).toContain('Max-Age=120');
    expect(await (await ask('/api/challenge', html)).text()).toContain('Max-Age=300');
  });
});

describe('the web ACL', () => {
  test('reads a query argument whatever its case, and honours "not"', async () => {
    expect((await ask('/api/a?x=1&STOP=1')).status).toBe(403);
    expect((await ask('/api/a?stop=10')).status).toBe(200);
    expect((await ask('/api/anyway?stop=1')).status).toBe(200);
  });

  test('counts what it refuses by rule; it meets no behaviour', async () => {
    const { waf, front } = stack.requests;
    expect((await ask('/api/a', { [ADDRESS]: '203.0.113.9' })).status).toBe(403);
    const after = stack.requests;
    expect(after.waf['Blocked']).toBe((waf['Blocked'] ?? 0) + 1);
    expect(after.front).toEqual(front);
  });

  test('says once that managed rules do nothing here', () => {
    const said = lines.filter((line) => line.includes('AWSManagedRulesOdd'));
    expect(said).toEqual([
      `WAF: the managed rules "AWSManagedRulesOdd" are AWS's own, and do nothing here`,
    ]);
  });
});
