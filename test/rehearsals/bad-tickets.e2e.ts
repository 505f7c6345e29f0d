/** Tickets that admit nobody: none of them may cost anything behind the gate. */

import { afterEach, describe, expect, test } from '@jest/globals';
import { publish } from '../../domain/publish.ts';
import { type CrowdThread, startCrowd } from '../../load/crowd-thread.ts';
import { USUAL } from '../../load/scenarios.ts';
import { tallyOf, usageSeen } from '../../load/usage.ts';
import { badShots } from './bad-tickets.ts';
import { figure, say, tallied } from './say.ts';
import { type Scene, saleOf, startScene } from './scene.ts';
import { buyShot, enterAll, takeTickets, type Visitor } from './visitors.ts';
import type { Hit } from './volley.ts';

/** Past the 10 s that a ticket of before the opening lives. */
const OUTLIVED_MS = 11_000;

const BAD = 50_000;

let scene: Scene | undefined;
let crowd: CrowdThread | undefined;

afterEach(async () => {
  await crowd?.close();
  await scene?.stop();
  crowd = undefined;
  scene = undefined;
});

const ticketsOf = (visitors: readonly Visitor[]) => visitors.map(({ ticket }) => ticket);

describe('the gate', () => {
  test(`lets none of ${BAD} bad tickets through, while an honest crowd buys`, async () => {
    scene = await startScene({ id: 'besieged', item: { units: 300 } });
    const { sale, stack, volley, deployment } = scene;
    await publish(deployment, saleOf('elsewhere', {}));
    const visitors = await enterAll(volley, 200);
    await takeTickets(volley, 'elsewhere', visitors);
    const elsewhere = ticketsOf(visitors);
    await takeTickets(volley, sale.id, visitors);
    const expired = ticketsOf(visitors);
    await scene.skipTo(sale.opensAt + OUTLIVED_MS);
    await takeTickets(volley, sale.id, visitors);

    crowd = startCrowd({
      url: stack.siteUrl,
      saleId: sale.id,
      opensAt: sale.opensAt,
      products: sale.items,
      habits: { ...USUAL, seed: 7, shoppers: 500, pay: 1 },
      connections: 32,
      patienceMs: 60_000,
    });
    const before = { ...scene.behind(), tally: tallyOf(stack.requests) };
    const buying = crowd.act('arrive').then(() => crowd?.act('buy'));
    const loot = { saleId: sale.id, doorKey: sale.doorKey, visitors, elsewhere, expired };
    const shots = badShots(loot, BAD, 7);
    const hits: Hit[] = [];
    for (let at = 0; at < BAD; at += 2_000) {
      hits.push(...(await volley.fire(shots.slice(at, at + 2_000))));
    }
    await buying;
    const log = await crowd.log();
    const honest = usageSeen(log).apiRequests;
    const after = scene.behind();

    say(`${figure(BAD)} bad tickets during a running sale`, [
      `kinds    ${tallied(shots.map(({ kind }) => kind))}`,
      `answers  ${tallied(hits.map(({ status, code }) => `${status} ${code}`))}`,
      `honest   500 shoppers, ${figure(log.answers.length)} presses, ${figure(log.paid.length)} orders paid`,
      `behind   ${figure(after.api - before.api)} requests at the API, ${figure(honest)} of them asked by shoppers; ${figure(hits.filter(({ isFromGate }) => !isFromGate).length)} bad`,
    ]);
    expect(hits.filter(({ isFromGate }) => !isFromGate)).toEqual([]);
    expect(new Set(hits.map(({ code }) => code))).toEqual(
      new Set(['ticket-invalid', 'ticket-expired', 'door-key-wrong']),
    );
    expect(log.paid).toHaveLength(300);
    // On a busy machine a provider that hears nothing tells again, and a connection that breaks asks again: none of the
    // bad ones, for each of those has its answer from the gate.
    const askedAgain = after.api - before.api - honest;
    expect(askedAgain).toBeGreaterThanOrEqual(0);
    expect(askedAgain).toBeLessThanOrEqual(log.paid.length);
    const counted = tallyOf(stack.requests).apiRequests - before.tally.apiRequests;
    expect(counted).toBe(honest + askedAgain);
    await scene.expectKept(log.answers);
  });

  test('lets one ticket through for one of 1,000 sessions', async () => {
    scene = await startScene({ id: 'replayed', item: { units: 100 } });
    const { sale, volley } = scene;
    const visitors = await enterAll(volley, 1_000);
    await scene.skipTo(sale.opensAt + 1_000);
    const [owner] = visitors as readonly [Visitor];
    await takeTickets(volley, sale.id, [owner]);
    const before = scene.behind();
    const shots = visitors.map((visitor) => buyShot(sale.id, sale.doorKey, visitor, owner.ticket));
    const hits = await volley.fire(shots);
    const after = scene.behind();
    const orders = new Set(hits.flatMap(({ body }) => body['orderId'] ?? []));
    say('One ticket, replayed from 1,000 sessions', [
      `answers  ${tallied(hits.map(({ status, code = 'order' }) => `${status} ${code}`))}`,
      `behind   ${after.buys - before.buys} run of the function that sells, ${orders.size} order`,
    ]);
    expect(hits[0]?.status).toBe(201);
    const others = hits.slice(1).map(({ code, isFromGate }) => `${code} ${isFromGate}`);
    expect(new Set(others)).toEqual(new Set(['ticket-invalid true']));
    expect(orders.size).toBe(1);
    expect(after.buys - before.buys).toBe(1);
    expect(after.api - before.api).toBe(1);
    await scene.expectKept([]);
  });
});
