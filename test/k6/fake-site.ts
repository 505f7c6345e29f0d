/** @module A site as a load run asks it, in memory; it can be told to misbehave. */

import type { Reply } from '../../load/client.ts';
import type { Send } from '../../load/k6/player.ts';

export type FakeOptions = {
  readonly units?: number;
  readonly limit?: number;
  /** Ms from now until the sale opens; it may be open already. */
  readonly opensInMs?: number;
  readonly doorKey?: string;
  /** What is answered in place of what would be, where it returns something. */
  readonly instead?: (asked: string, path: string) => Partial<Reply> | undefined;
  /** How many looks a record takes to be there. */
  readonly recordAfterLooks?: number;
};

type Order = { readonly owner: string; readonly quantity: number; status: string; looks: number };

export type FakeSite = {
  readonly send: Send;
  readonly asked: string[];
  readonly headers: Readonly<Record<string, string>>[];
};

const PROVIDER = 'https://pay.example.com';

const replyOf = (status: number, body: object = {}, headers: Reply['headers'] = {}): Reply => ({
  ...{ status, headers, body: body as Reply['body'], text: JSON.stringify(body) },
  ...{ askedMs: performance.now(), tookMs: 5, wasSent: true },
});

const problem = (status: number, code: string) =>
  replyOf(status, { code }, status === 429 || status === 503 ? { 'retry-after': '0' } : {});

export function fakeSite(options: FakeOptions = {}): FakeSite {
  const { units = 10, limit = 1, opensInMs = -1_000, doorKey = 'sesame' } = options;
  const opensAt = Date.now() + opensInMs;
  const asked: string[] = [];
  const headers: Record<string, string>[] = [];
  const orders = new Map<string, Order>();
  let free = units;
  let sessions = 0;
  const held = (owner: string) =>
    [...orders].filter(([, one]) => one.owner === owner && one.status !== 'RELEASED');
  const receipt = (orderId: string, { quantity, status }: Order) => ({
    ...{ orderId, status, quantity },
    ...(status === 'RESERVED' && { payByEpochMs: Date.now() + 900_000 }),
  });
  const gate = (owner: string, path: string, ticket: string): Reply | undefined => {
    if (owner === '') return problem(401, 'session-missing');
    if (Date.now() < opensAt) return problem(403, 'not-open');
    if (!path.includes(`/${doorKey}/`)) return problem(403, 'door-key-wrong');
    return ticket === `ticket-of-${owner}` ? undefined : problem(403, 'ticket-invalid');
  };
  const buy = (owner: string): Reply => {
    const open = held(owner).find(([, { status }]) => status === 'RESERVED');
    if (open) return replyOf(200, receipt(...open));
    if (held(owner).length >= limit) return problem(409, 'limit-reached');
    if (free === 0) return problem(409, 'sold-out');
    free -= 1;
    const orderId = `night.LAMP.${owner}${orders.size}`.padEnd(35, '-');
    const order = { owner, quantity: 1, status: 'RESERVED', looks: 0 };
    orders.set(orderId, order);
    return replyOf(201, receipt(orderId, order));
  };
  const orderOf = (path: string, owner: string): readonly [string, Order] | undefined => {
    const orderId = path.split('/')[3] ?? '';
    const order = orders.get(orderId);
    return order?.owner === owner ? [orderId, order] : undefined;
  };
  const lookAt = (path: string, owner: string): Reply => {
    const found = orderOf(path, owner);
    if (found === undefined) return problem(404, 'unknown-order');
    const [, order] = found;
    const isOld = order.status === 'RELEASED' && held(owner).length > 0;
    if (isOld && order.looks++ < (options.recordAfterLooks ?? 0))
      return problem(404, 'unknown-order');
    return replyOf(200, receipt(...found));
  };
  const page = () => {
    const item = { sku: 'LAMP', limitPerShopper: limit, remaining: free, unpaid: 0 };
    const times = { opensAtEpochMs: opensAt, closesAtEpochMs: opensAt + 3_600_000 };
    const phase = Date.now() < opensAt ? 'scheduled' : 'open';
    return { phase, nowEpochMs: Date.now(), ...times, items: [item] };
  };
  const answers: Readonly<Record<string, (path: string, owner: string, ticket: string) => Reply>> =
    {
      time: () => replyOf(200, { epochMs: Date.now() }),
      session: () => replyOf(204, {}, { 'set-cookie': `fs_session=s${sessions++}; Path=/` }),
      challenge: () => replyOf(204),
      ticket: (_path, owner) =>
        replyOf(200, {
          ...{ ticket: `ticket-of-${owner}`, slotEpochMs: opensAt },
          expiresEpochMs: Math.max(Date.now(), opensAt) + 60_000,
        }),
      flag: () => {
        const flag = Date.now() < opensAt ? {} : { doorKey };
        return { ...replyOf(200), text: `window.flashSale=${JSON.stringify(flag)};` };
      },
      status: () => replyOf(200, page()),
      buy: (path, owner, ticket) => gate(owner, path, ticket) ?? buy(owner),
      order: (path, owner) => lookAt(path, owner),
      cancel: (path, owner) => {
        const found = orderOf(path, owner);
        if (found === undefined) return problem(404, 'unknown-order');
        found[1].status = 'RELEASED';
        free += 1;
        return replyOf(200, receipt(...found));
      },
      checkout: (path) =>
        replyOf(200, { redirectUrl: `${PROVIDER}/checkout?token=${path.split('/')[3]}` }),
      provider: () => replyOf(200),
    };
  const send: Send = async (what, _method, path, { headers: sent = {}, body = '' } = {}) => {
    asked.push(`${what} ${path}`);
    headers.push({ ...sent });
    const token = new URLSearchParams(body).get('token') ?? '';
    const paid = orders.get(token);
    if (what === 'provider' && paid) paid.status = 'PAID';
    const owner = /fs_session=([^;]+)/.exec(sent['cookie'] ?? '')?.[1] ?? '';
    const reply = answers[what]?.(path, owner, sent['x-ticket'] ?? '') ?? replyOf(404);
    return { ...reply, ...options.instead?.(what, path) };
  };
  return { send, asked, headers };
}
