/** @module Laws of tickets: who may press Buy, and when. The gate decides it, and the function decides the same again. */

import { equal, ok } from 'node:assert/strict';
import fc from 'fast-check';
import { edgeSale } from '../../adapters/edge-store.ts';
import { sign } from '../../adapters/hmac.ts';
import { checkTicket, type TicketCheck } from '../../adapters/ticket.ts';
import type { PublishedSale } from '../../domain/sale.ts';
import { slotBase, slotOf, slotWidthMs } from '../../domain/slots.ts';
import { anEvent, answered, gateAt, TRANSACTION } from '../edge/gate-scene.ts';
import { OPENS_AT } from '../support/sales.ts';
import { keyRings, shopperIds, slottedSales, tampers } from './arbitraries.ts';
import { type Law, law } from './law.ts';

type Keys = { readonly active: string; readonly [kid: string]: string };

/** Somebody in front of the gate of a sale. */
type Scene = { readonly keys: Keys; readonly sale: PublishedSale; readonly shopper: string };

const scenes: fc.Arbitrary<Scene> = fc.record({
  keys: keyRings,
  sale: slottedSales,
  shopper: shopperIds,
});

const around = fc.oneof(
  fc.integer({ min: -2, max: 2 }),
  fc.integer({ min: -900_000, max: 900_000 }),
);

function gate({ keys, sale, shopper }: Scene, now: number, step: string, headers = {}) {
  const cookie = sign(keys, 'session', { u: shopper, t: TRANSACTION, e: 9e12 });
  const store = { keys, ...JSON.parse(JSON.stringify(edgeSale(sale))) };
  const uri = `/api/sales/${sale.id}/${step}`;
  return gateAt(now, store)(anEvent({ method: 'POST', uri, cookie, headers }));
}

/** What the gate makes of a press of Buy, in the words of the function. */
async function atGate(scene: Scene, ticket: string, now: number): Promise<string | undefined> {
  const headers = { 'x-ticket': ticket };
  const outcome = await gate(scene, now, `${scene.sale.doorKey}/orders`, headers);
  return 'statusCode' in outcome ? answered(outcome).code : 'good';
}

const inFunction = ({ keys, sale, shopper }: Scene, ticket: string, now: number): TicketCheck =>
  checkTicket(keys, sale, shopper, ticket, now);

type Ticket = {
  readonly ticket: string;
  readonly slotEpochMs: number;
  readonly expiresEpochMs: number;
};

const issued = async (scene: Scene, now: number) =>
  answered(await gate(scene, now, 'ticket')).body as unknown as Ticket;

/** Both say the same, and that. */
async function bothSay(scene: Scene, ticket: string, now: number, expected: TicketCheck) {
  equal(inFunction(scene, ticket, now), expected);
  equal(await atGate(scene, ticket, now), expected);
}

/** What a ticket could say, right or nearly right. */
const contents = fc.record(
  {
    s: fc.oneof(
      { weight: 4, arbitrary: fc.constant('own') },
      fc.constantFrom<unknown>('other', null, 7),
    ),
    f: fc.oneof(
      { weight: 4, arbitrary: fc.nat({ max: 65_535 }) },
      fc.constantFrom<unknown>('0', null, -1, 0.5, 65_536, 1e300, true),
    ),
    e: fc.oneof(
      { weight: 4, arbitrary: fc.integer({ min: -3, max: 1_000_000 }).map((ms) => OPENS_AT + ms) },
      fc.constantFrom<unknown>('9e15', null, true, 0, 1e300),
    ),
  },
  { requiredKeys: [] },
);

export const ticketLaws: readonly Law[] = [
  law(
    'ticket: is good from its slot until it expires, at the gate and in the function',
    [scenes, fc.integer({ min: -1_000_000, max: 1_000_000 })],
    async (scene, ms) => {
      const { sale } = scene;
      const now = OPENS_AT + ms;
      const { ticket, slotEpochMs: slot, expiresEpochMs: end } = await issued(scene, now);
      equal(end, Math.max(slot, now) + sale.admission.ticketSeconds * 1000);
      if (slot > OPENS_AT) await bothSay(scene, ticket, slot - 1, 'not-your-turn');
      if (end > slot) await bothSay(scene, ticket, slot, 'good');
      await bothSay(
        scene,
        ticket,
        Math.max(OPENS_AT, end - 1),
        end > OPENS_AT ? 'good' : 'ticket-expired',
      );
      await bothSay(scene, ticket, Math.max(OPENS_AT, end), 'ticket-expired');
    },
  ),

  law(
    'ticket: is worth nothing to another shopper, in another sale, under other keys',
    [scenes, scenes, fc.constantFrom('shopper', 'sale', 'keys')],
    async (scene, other, what) => {
      const { ticket, slotEpochMs } = await issued(scene, OPENS_AT);
      const now = Math.max(slotEpochMs, OPENS_AT);
      const sale = { ...scene.sale, id: other.sale.id };
      const elsewhere = {
        ...scene,
        ...{ shopper: { shopper: other.shopper }, sale: { sale }, keys: { keys: other.keys } }[
          what
        ],
      };
      if (elsewhere.shopper === scene.shopper && sale.id === scene.sale.id) return;
      if (what === 'sale' && sale.id === scene.sale.id) return;
      await bothSay(elsewhere, ticket, now, 'ticket-invalid');
    },
  ),

  law(
    'ticket: a change of one character is refused, by the gate and by the function',
    [scenes, tampers],
    async (scene, tamper) => {
      const { ticket, slotEpochMs } = await issued(scene, OPENS_AT);
      const changed = tamper(ticket);
      if (changed !== ticket)
        await bothSay(scene, changed, Math.max(slotEpochMs, OPENS_AT), 'ticket-invalid');
    },
  ),

  law(
    'ticket: gate and function say the same of whatever was signed',
    [scenes, contents, around],
    async (scene, content, ms) => {
      const { keys, sale, shopper } = scene;
      const own = content.s === 'own' ? { ...content, s: sale.id } : content;
      const ticket = sign(keys, 'ticket', own, shopper);
      const lot = typeof content.f === 'number' ? content.f : 0;
      const slot = slotOf(slotBase(sale), slotWidthMs(sale.admission), lot);
      const end = typeof content.e === 'number' ? content.e : OPENS_AT;
      for (const instant of [slot + ms, end + ms, OPENS_AT + Math.abs(ms)]) {
        const now = Math.min(Math.max(OPENS_AT, instant), sale.closesAt - 1);
        ok(Number.isFinite(now));
        equal(await atGate(scene, ticket, now), inFunction(scene, ticket, now));
      }
    },
  ),
];
