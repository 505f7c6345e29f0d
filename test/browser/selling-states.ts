/** @module The states of the sale page from the opening on: the turn, the order, what is left, the end. */

import type { Page } from 'playwright-core';
import type { State } from './states.ts';
import { anItem, anOrder, aSale, aStatus, aTicket, ORDER_ID, refused } from './stub-answers.ts';

const press = (page: Page) => page.locator('[data-action="buy"]:enabled').click();

const withOrder = (order: () => ReturnType<typeof anOrder>) => () => ({ order });

const BACK = `/sales/night/?order=${ORDER_ID}`;

const sale = (changes: object) => () => ({ body: aSale(changes) });

export const SELLING_STATES: Readonly<Record<string, State>> = {
  opening: {
    answers: () => ({ flag: { text: 'window.flashSale={"saleStarted":false};' } }),
    reaches: 'opening',
    says: /The sale is opening/,
  },
  slot: {
    answers: () => ({
      sale: { body: aSale({ slotWidthMs: 120_000 }) },
      ticket: aTicket(25_000),
    }),
    reaches: 'slot',
    says: /your place is safe[\s\S]*00:2[345][\s\S]*Your turn: /,
  },
  open: { reaches: 'open', says: /It is your turn[\s\S]*17 left[\s\S]*Buy/ },
  buying: {
    answers: () => ({ buy: refused(429, 'busy', { retryAfterSeconds: 30 }) }),
    reaches: 'open',
    act: async (page) => {
      await press(page);
      await page.getByText('You are in line').first().waitFor();
    },
    says: /You are in line[\s\S]*One moment/,
  },
  reserved: {
    reaches: 'open',
    act: async (page) => {
      await press(page);
      await page.locator('main[data-state="reserved"]').waitFor();
    },
    says: /Reserved for you. Pay €129.00[\s\S]*1[34]:\d\d[\s\S]*Pay now/,
  },
  hurry: {
    answers: withOrder(() => anOrder('RESERVED', { payByEpochMs: Date.now() + 45_000 })),
    path: BACK.replace('?order', '?payment=declined&order'),
    reaches: 'reserved',
    says: /Less than a minute left[\s\S]*did not go through/,
  },
  paying: { path: BACK, reaches: 'paying', says: /payment is being confirmed/ },
  paid: {
    answers: withOrder(() => anOrder('PAID')),
    path: BACK,
    reaches: 'paid',
    says: /It is yours, thank you/,
  },
  declined: {
    path: `${BACK}&payment=declined`,
    reaches: 'reserved',
    says: /did not go through/,
  },
  expiring: {
    answers: withOrder(() => anOrder('RESERVED', { payByEpochMs: Date.now() - 1000 })),
    path: `${BACK}&payment=declined`,
    reaches: 'reserved',
    says: /time to pay is over/,
  },
  expired: {
    answers: withOrder(() => anOrder('RELEASED', { reason: 'expired' })),
    path: BACK,
    reaches: 'released',
    says: /not paid in time and was released/,
  },
  refunded: {
    answers: withOrder(() => anOrder('RELEASED', { reason: 'payment-refunded' })),
    path: BACK,
    reaches: 'released',
    says: /money is on its way back/,
  },
  cancelled: {
    path: `${BACK}&payment=declined`,
    reaches: 'reserved',
    act: async (page) => {
      await page.locator('[data-action="cancel"]').click();
      await page.locator('main[data-state="released"]').waitFor();
    },
    says: /You cancelled this order/,
  },
  'sold-out': {
    answers: () => ({ status: aStatus('open', { remaining: 0, soldOut: true }) }),
    reaches: 'sold-out',
    says: /Everything is sold[\s\S]*Sold out/,
  },
  'may-return': {
    answers: () => ({ status: aStatus('open', { remaining: 0, unpaid: 3, soldOut: true }) }),
    reaches: 'sold-out',
    says: /Everything is taken for now[\s\S]*Sold out for now. 3 unpaid/,
  },
  'too-late': {
    answers: () => ({ buy: refused(409, 'sold-out') }),
    reaches: 'open',
    act: async (page) => {
      await press(page);
      await page.getByText('someone else was quicker').waitFor();
    },
    says: /someone else was quicker/,
  },
  'fewer-left': {
    answers: () => ({
      sale: sale({ items: [anItem({ limitPerShopper: 3 })] }),
      buy: refused(409, 'quantity-unavailable', { largest: 2 }),
    }),
    reaches: 'open',
    act: async (page) => {
      await press(page);
      await page.getByText('You can still get 2').waitFor();
    },
    says: /You can still get 2/,
  },
  paused: {
    answers: () => ({ status: aStatus('paused') }),
    reaches: 'paused',
    says: /paused for a moment/,
  },
  closed: {
    answers: () => ({
      sale: sale({ closesAtEpochMs: Date.now() - 1000 }),
      status: aStatus('closed'),
    }),
    reaches: 'closed',
    says: /Ended [\s\S]*The sale is over/,
  },
  unknown: {
    answers: () => ({ sale: refused(404, 'not-found') }),
    reaches: 'unknown',
    says: /There is no such sale/,
  },
  offline: {
    reaches: 'open',
    act: async (page) => {
      await page.context().unrouteAll();
      await page.context().setOffline(true);
      await page.locator('#offline').waitFor();
    },
    says: /No connection to the shop/,
  },
};
