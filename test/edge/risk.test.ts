import { describe, expect, test } from '@jest/globals';
import { type Challenge, solve } from '../../load/challenge.ts';
import {
  aBuy,
  anEvent,
  answered,
  aSale,
  aSession,
  BROWSER,
  gateAt,
  OPENS_AT,
  passed,
} from './gate-scene.ts';

const NOW = OPENS_AT + 1000;
const EASY = 100;

const challenge = (asked = {}) =>
  anEvent({ uri: '/api/sales/demo/challenge', cookie: aSession(), ...asked });

/** How hard a challenge is, as a multiple of the easiest; or the code of a refusal. */
async function hardness(headers: Record<string, string | undefined>, store = {}) {
  const sale = { 'sale/demo': aSale({ x: EASY, r: ['DE', 'AT'] }) };
  const usual = { 'cloudfront-viewer-country': 'DE' };
  const event = challenge({ headers: { ...usual, ...headers } });
  const { code, body } = answered(await gateAt(NOW, { ...sale, ...store })(event));
  return code ?? Number(body['maxnumber']) / EASY;
}

const TOOL = { 'user-agent': 'curl/8.5.0' };
const ABROAD = { 'cloudfront-viewer-country': 'US' };
const NAMELESS = { 'x-device': undefined };
const ROBOT = { 'cloudfront-viewer-ja4-fingerprint': 't13d1516h2_8daaf6152771_b186095e22b6' };
const listed = (points: number) => ({
  blocked: { j: { [ROBOT['cloudfront-viewer-ja4-fingerprint']]: points } },
});

describe('signs of risk', () => {
  test.each([
    ['a browser of a country of the sale', {}, 1],
    ['no device id', NAMELESS, 4],
    ['a device id of another form', { 'x-device': 'mine' }, 4],
    ['another country', ABROAD, 4],
    ['another country and no device id', { ...ABROAD, ...NAMELESS }, 4],
    ['no agent', { 'user-agent': undefined }, 16],
    ['a tool', TOOL, 16],
    ['a headless browser', { 'user-agent': BROWSER.replace('Firefox', 'HeadlessChrome') }, 16],
    ['a tool from abroad without a device id', { ...TOOL, ...ABROAD, ...NAMELESS }, 16],
  ])('%s', async (_case, headers, times) => {
    expect(await hardness(headers)).toBe(times);
  });

  test('a JA4 fingerprint counts as the operators say', async () => {
    expect(await hardness(ROBOT)).toBe(1);
    expect(await hardness(ROBOT, listed(2))).toBe(4);
    expect(await hardness(ROBOT, listed(5))).toBe(16);
    expect(await hardness(ROBOT, listed(6))).toBe('blocked');
    expect(await hardness({ ...ROBOT, ...NAMELESS }, listed(5))).toBe('blocked');
  });

  test('a ticket wants the level of the signs that show when it is asked for', async () => {
    const sale = { 'sale/demo': aSale({ x: EASY }) };
    const solution = await solutionFor(challenge(), sale, NOW);
    const ask = (headers: Record<string, string | undefined>) =>
      anEvent({
        method: 'POST',
        uri: '/api/sales/demo/ticket',
        cookie: aSession(),
        headers: { 'x-solution': solution, ...headers },
      });
    const gate = gateAt(NOW + 1000, sale);
    expect(answered(await gate(ask({}))).status).toBe(200);
    expect(answered(await gate(ask(NAMELESS))).code).toBe('challenge-failed');
  });

  test('a solution faster than any browser wants a harder challenge', async () => {
    const sale = { 'sale/demo': aSale({ x: 200_000 }) };
    const { solution, number } = await solvedFor(challenge({ requestId: 'r2' }), sale, NOW);
    const ask = anEvent({
      method: 'POST',
      uri: '/api/sales/demo/ticket',
      cookie: aSession(),
      headers: { 'x-solution': solution },
    });
    expect(number).toBeGreaterThan(20_000);
    const ms = Math.ceil(number / 5000) - 1;
    expect(answered(await gateAt(NOW + ms - 1, sale)(ask)).code).toBe('challenge-failed');
    expect(answered(await gateAt(NOW + ms, sale)(ask)).status).toBe(200);
  });

  test('a sale without challenges still refuses who shows too many signs', async () => {
    const ask = anEvent({
      method: 'POST',
      uri: '/api/sales/demo/ticket',
      cookie: aSession(),
      headers: ROBOT,
    });
    expect(answered(await gateAt(NOW, listed(5))(ask)).status).toBe(200);
    expect(answered(await gateAt(NOW, listed(6))(ask)).code).toBe('blocked');
  });
});

describe('whom operators block', () => {
  const blocked = {
    blocked: { a: ['203.0.113.7', '198.51.100.', '2001:db8:1:'], g: 'evilbot|scrape' },
  };

  test.each([
    ['the address itself', '203.0.113.7', true],
    ['an address that begins like it', '203.0.113.70', false],
    ['an address of the network', '198.51.100.200', true],
    ['an address of the network beside it', '198.51.101.1', false],
    ['an address that has the network in its middle', '1.198.51.100', false],
    ['an IPv6 address of the network', '2001:db8:1::5', true],
    ['an IPv6 address of another one', '2001:db8:10::5', false],
  ])('%s', async (_case, ip, isBlocked) => {
    const outcome = await gateAt(NOW, blocked)(aBuy({ ip }));
    if (isBlocked) expect(answered(outcome)).toMatchObject({ status: 403, code: 'blocked' });
    else passed(outcome);
  });

  test('an agent, however it is written', async () => {
    const refused = await gateAt(NOW, blocked)(aBuy({ headers: { 'user-agent': 'EvilBot/2' } }));
    expect(answered(refused).code).toBe('blocked');
    passed(await gateAt(NOW, blocked)(aBuy({ headers: { 'user-agent': 'Kindbot/2' } })));
  });

  test.each([
    ['session', { method: 'POST', uri: '/api/session' }],
    ['challenge', { uri: '/api/sales/demo/challenge', cookie: aSession() }],
    ['ticket', { method: 'POST', uri: '/api/sales/demo/ticket', cookie: aSession() }],
  ])('gets no %s', async (_what, asked) => {
    const gate = gateAt(NOW, blocked);
    expect(answered(await gate(anEvent({ ...asked, ip: '203.0.113.7' }))).code).toBe('blocked');
    expect(answered(await gate(anEvent({ ...asked, ip: '203.0.113.8' }))).status).toBeLessThan(300);
  });

  test('still sees pages, times and the status', async () => {
    const gate = gateAt(NOW, blocked);
    const from = { ip: '203.0.113.7' };
    passed(await gate(anEvent({ uri: '/sales/demo/', ...from })));
    passed(await gate(anEvent({ uri: '/api/sales/demo', ...from })));
    expect(answered(await gate(anEvent({ uri: '/api/time', ...from }))).status).toBe(200);
  });
});

const solutionFor = async (...given: Parameters<typeof solvedFor>) =>
  (await solvedFor(...given)).solution;

/** Solves as the crowd does, for the library is slow where numbers are large. */
async function solvedFor(event: ReturnType<typeof anEvent>, store: object, now: number) {
  const { body } = answered(await gateAt(now, { ...store })(event));
  const { header: solution } = await solve(body as unknown as Challenge);
  const { number } = JSON.parse(Buffer.from(solution, 'base64').toString()) as { number: number };
  return { solution, number };
}
