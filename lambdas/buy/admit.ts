/** @module Who may press Buy, and for what: everything the gate has checked is checked again. */

import { keyIdsOf } from '../../adapters/hmac.ts';
import type { LiveViews } from '../../adapters/live-view.ts';
import type { ReadSecret, SecretValues } from '../../adapters/secrets.ts';
import { type Session, sessionIn, sessionToken } from '../../adapters/session.ts';
import { checkTicket } from '../../adapters/ticket.ts';
import type { Clock } from '../../domain/ports.ts';
import { type Offer, shut } from '../../domain/purchase.ts';
import { itemOf, NAME, type PublishedSale } from '../../domain/sale.ts';
import type { EpochMs } from '../../domain/units.ts';
import type { Request } from '../http.ts';
import { type Problem, problem } from '../problem.ts';
import { replyOf } from './reply.ts';

type Doors = {
  readonly keys: ReadSecret;
  readonly views: LiveViews;
  readonly clock: Clock;
};

/** A press of Buy that may go on. */
type Admitted = {
  readonly offer: Offer;
  readonly session: Session;
  readonly quantity: number;
  /** Whether an earlier answer may have been lost. */
  readonly again: boolean;
  readonly now: EpochMs;
  /** See the live view. */
  readonly sweptAt: EpochMs | undefined;
};

/** Units that an order can have: one byte of its holder says how many. */
const MOST_UNITS = 100;

export async function admit(
  { keys, views, clock }: Doors,
  request: Request,
): Promise<Admitted | Problem> {
  const now = clock();
  const { cookie, 'x-ticket': ticket = '' } = request.headers;
  const signing = await keys(...keyIdsOf(sessionToken(cookie), ticket));
  const session = sessionIn(signing, cookie, now);
  if (session === undefined)
    return problem('session-missing', 'A session is needed: sign in first');
  const asked = askedIn(request);
  if ('code' in asked) return asked;
  const { saleId, sku, quantity, again } = asked;
  const view = await views(saleId, sku);
  if (view === undefined) return problem('unknown-sale', `There is no sale "${saleId}"`);
  const { sale, status, empty, sweptAt } = view;
  const item = itemOf(sale, sku);
  if (item === undefined)
    return problem('unknown-item', `There is no item "${sku}" in sale "${saleId}"`);
  if (status === undefined) return problem('unavailable', `Item "${sku}" is not ready yet`);
  const doors = shut(sale, status, now);
  const unfit = keyless(sale, request) ?? ticketless(signing, sale, session, request, now);
  // Behind doors that were open an order may stand: only `purchase` looks, and only for whoever has a ticket.
  const mayLook = again && doors?.kind !== 'not-open' && unfit === undefined;
  const refusal = mayLook ? undefined : (replyIf(doors, { saleId, sku }) ?? unfit);
  const offer = { sale, item, status, empty };
  return refusal ?? { offer, session, quantity, again, now, sweptAt };
}

const replyIf = (outcome: ReturnType<typeof shut>, item: { saleId: string; sku: string }) => {
  const reply = outcome && replyOf(item, outcome);
  return reply && 'code' in reply ? reply : undefined;
};

type Asked = {
  readonly saleId: string;
  readonly sku: string;
  readonly quantity: number;
  readonly again: boolean;
};

function askedIn({ pathParameters, queryStringParameters }: Request): Asked | Problem {
  const saleId = pathParameters?.['sale'] ?? '';
  const { sku = '', quantity = '1', again } = queryStringParameters ?? {};
  if (!NAME.test(saleId)) return problem('unknown-sale', 'There is no such sale');
  if (!NAME.test(sku)) return problem('unknown-item', 'There is no such item: "sku" must name one');
  const units = /^[0-9]{1,3}$/.test(quantity) ? Number(quantity) : 0;
  return units >= 1 && units <= MOST_UNITS
    ? { saleId, sku, quantity: units, again: again === '1' }
    : problem(
        'bad-request',
        `Cannot order: "quantity" must be a whole number of 1 to ${MOST_UNITS}`,
      );
}

const keyless = (sale: PublishedSale, { pathParameters }: Request) =>
  pathParameters?.['doorKey'] === sale.doorKey
    ? undefined
    : problem('door-key-wrong', 'This is not the way in');

function ticketless(
  keys: SecretValues,
  sale: PublishedSale,
  session: Session,
  { headers }: Request,
  now: EpochMs,
): Problem | undefined {
  const check = checkTicket(keys, sale, session.shopper, headers['x-ticket'] ?? '', now);
  switch (check) {
    case 'good':
      return undefined;
    case 'ticket-invalid':
      return problem(check, 'The ticket is not yours, or not for this sale');
    case 'ticket-expired':
      return problem(check, 'The ticket has expired: ask for another');
    case 'not-your-turn':
      return problem(check, 'Your slot has not come yet');
  }
}
