import { describe, expect, test } from '@jest/globals';
import { BAD_KINDS, badPress, judgePress, type Loot } from '../../load/k6/bad-presses.ts';
import { collect, tryOnce } from '../../load/k6/thief.ts';
import { random } from '../../load/random.ts';
import { fakeSite } from './fake-site.ts';
import { brokenIn, someone, stageOf } from './stages.ts';

const LOOT: Loot = {
  ...{ cookie: 'fs_session=mine', ticket: 'k1.abc.def', slot: 10_000, expires: 20_000 },
  ...{ foreignTicket: 'k1.foreign.x', otherSaleTicket: 'k1.other.x', opensAt: 5_000 },
  ...{ oldTicket: { token: 'k1.old.x', expires: 6_000 }, doorKey: 'xkey' },
};

/** Every kind that can be tried at an instant, with one press of it. */
function tried(loot: Loot, now: number) {
  const chance = random(7);
  const presses = Array.from({ length: 400 }, () => badPress(loot, now, chance));
  return new Map(presses.flatMap((press) => (press ? [[press.kind, press] as const] : [])));
}

const reply = (status: number, code?: string) => ({
  ...{ status, headers: {}, body: code === undefined ? {} : { code }, text: '' },
  ...{ askedMs: 0, tookMs: 1, wasSent: true },
});

describe('badPress()', () => {
  test('tries every kind while slots go on, but for what is too early', () => {
    const kinds = [...tried(LOOT, 8_000).keys()].sort();
    expect(kinds).toEqual(BAD_KINDS.filter((kind) => kind !== 'too early').sort());
  });

  test('presses too early before the opening alone, not within what the machine knows of the time', () => {
    const shut = { ...LOOT, doorKey: undefined };
    expect([...tried(shut, 3_499).keys()]).toEqual(['too early']);
    expect(tried(shut, 3_500).size).toBe(0);
  });

  test('presses before its slot until shortly before it', () => {
    expect(tried(LOOT, 8_499).has('before its slot')).toBe(true);
    expect(tried(LOOT, 8_500).has('before its slot')).toBe(false);
  });

  test('uses an old ticket once it has expired for sure', () => {
    expect(tried(LOOT, 7_500).has('expired')).toBe(false);
    expect(tried(LOOT, 7_501).get('expired')).toMatchObject({ ticket: 'k1.old.x' });
  });

  test("tries another sale's ticket where there is one", () => {
    expect(tried({ ...LOOT, otherSaleTicket: undefined }, 8_000).has("other sale's")).toBe(false);
  });

  test('changes exactly what is bad about it', () => {
    const all = tried(LOOT, 8_000);
    const good = { cookie: LOOT.cookie, ticket: LOOT.ticket, doorKey: LOOT.doorKey };
    expect(all.get('no session')).toMatchObject({ ...good, cookie: '' });
    expect(all.get('no ticket')).toMatchObject({ ...good, ticket: '' });
    expect(all.get('wrong door key')).toMatchObject({ ...good, doorKey: 'keyy' });
    const { ticket = '' } = all.get('forged') ?? {};
    const differing = [...ticket].filter((char, at) => char !== LOOT.ticket[at]);
    expect(differing).toHaveLength(1);
    expect(ticket.at(-1)).toBe(LOOT.ticket.at(-1));
  });
});

describe('judgePress()', () => {
  const press = {
    kind: 'forged',
    expected: 'ticket-invalid',
    cookie: '',
    ticket: '',
    doorKey: '',
  } as const;

  test.each([
    [reply(403, 'ticket-invalid'), undefined],
    [reply(429, 'too-many-requests'), undefined],
    [reply(503, 'paused'), undefined],
    [
      reply(403, 'ticket-expired'),
      'forged: answered 403 ticket-expired in place of ticket-invalid',
    ],
    [reply(201), 'forged: answered 201 in place of ticket-invalid'],
    [reply(409, 'sold-out'), 'forged: answered 409 sold-out in place of ticket-invalid'],
  ])('judges %j', (answer, why) => {
    expect(judgePress(press, answer)).toEqual({ rule: 'bad-ticket', why });
  });

  test('decides nothing where nothing was answered', () => {
    expect(judgePress(press, reply(0))).toBeUndefined();
  });
});

describe('tryOnce()', () => {
  const thiefAt = async (site: ReturnType<typeof fakeSite>, opensInMs: number) => {
    const { stage, told } = stageOf(site.send, {}, { opensAt: Date.now() + opensInMs });
    const thief = await collect(someone(stage, 0), someone(stage, 1));
    if (thief === undefined) throw new Error('Cannot go on: nothing was collected');
    return { thief, told };
  };

  test('is refused each time by a gate that stands', async () => {
    const { thief, told } = await thiefAt(fakeSite(), -1_000);
    for (let times = 0; times < 40; times++) await tryOnce(thief);
    expect(told.bad).toHaveLength(40);
    expect(brokenIn(told)).toEqual([]);
    expect(new Set(told.presses)).toEqual(
      new Set(['ticket-invalid', 'door-key-wrong', 'session-missing']),
    );
  });

  test('tells of a gate that lets a press before the opening through', async () => {
    const { thief, told } = await thiefAt(fakeSite({ doorKey: 'no-door-key' }), 60_000);
    await tryOnce(thief);
    expect(told.bad).toEqual(['too early']);
    expect(brokenIn(told)).toEqual(['not-early', 'bad-ticket']);
  });

  test('collects nothing where there are no sessions', async () => {
    const site = fakeSite({
      instead: (asked) =>
        asked === 'session' ? { status: 403, body: { code: 'blocked' }, headers: {} } : undefined,
    });
    const { stage } = stageOf(site.send, { PATIENCE_SECONDS: '1' });
    expect(await collect(someone(stage, 0), someone(stage, 1))).toBeUndefined();
  });

  test('takes a ticket of another sale along', async () => {
    const site = fakeSite();
    const { stage } = stageOf(site.send, { OTHER_SALE: 'other' });
    const thief = await collect(someone(stage, 0), someone(stage, 1));
    expect(thief?.otherSaleTicket).toBe('ticket-of-s0');
    expect(site.asked).toContain('ticket /api/sales/other/ticket');
  });
});
