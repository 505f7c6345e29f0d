/** @module Laws of money: whole minor units from the sale file to the shopper's eye, and no unit lost on the way. */

import { equal, ok } from 'node:assert/strict';
import fc from 'fast-check';
import { attributesOf, storedItem } from '../../adapters/dynamo-item.ts';
import { readSaleFile } from '../../adapters/sale-file.ts';
import { attempt, confirmed, factsOf } from '../../domain/claim.ts';
import { orderEvent } from '../../domain/events.ts';
import { recordOf } from '../../domain/order-record.ts';
import { wholeSale } from '../../domain/planned-sale.ts';
import { payPage } from '../../sandbox/pages.ts';
import { priceText } from '../../site/money.ts';
import { anItem, aSaleFile, broken, print } from '../support/sale-files.ts';
import { OPENS_AT } from '../support/sales.ts';
import { buyerKeys } from './arbitraries.ts';
import { type Law, law } from './law.ts';

/** The most that one unit may cost, and that one order may hold. */
const MOST_PRICE = 1_000_000_000_000;
const MOST_UNITS = 100;

const prices = fc.oneof(
  fc.nat({ max: 10_000 }),
  fc.nat({ max: MOST_PRICE }),
  fc.constant(MOST_PRICE),
);
const quantities = fc.integer({ min: 1, max: MOST_UNITS });
const amounts = fc.oneof(fc.nat({ max: 10_000 }), fc.nat({ max: MOST_PRICE * MOST_UNITS }));

/** Digits after the decimal sign, by ISO 4217. */
const DIGITS = { JPY: 0, KRW: 0, EUR: 2, USD: 2, CHF: 2, BHD: 3, KWD: 3, TND: 3 } as const;
const currencies = fc.constantFrom(...(Object.keys(DIGITS) as (keyof typeof DIGITS)[]));
const allCurrencies = fc.constantFrom(...Intl.supportedValuesOf('currency'));
const locales = fc.constantFrom('en', 'de');

const ITEM = { saleId: 'night', sku: 'lamp' };

const ordered = (buyerKey: string, quantity: number, price: number, currency: string) => {
  const ask = {
    ...{ item: ITEM, buyerKey, quantity, price, currency, limit: MOST_UNITS, paymentWindow: 900 },
    ...{ afterExpiry: 'allow' as const, shards: 1, empty: new Set<number>(), shopper: 'i-ada' },
    ...{ transaction: 't', now: OPENS_AT, eraseAt: 1 },
  };
  const claim = attempt(ask, 0, 0, 1);
  return claim && confirmed(ask, claim);
};

/** The text of an amount, all digits of it in a row. */
const digitsIn = (text: string): bigint => BigInt(text.replace(/\D/g, ''));

/** A checkout page's amount. */
const onPayPage = (amountMinor: number, currency: string): string => {
  const checkout = {
    orderId: 'x',
    title: 'x',
    returnUrl: 'https://shop.example/',
    expiresEpochMs: 0,
  };
  const page = payPage({ ...checkout, amountMinor, currency }, 'token');
  return /<p class="amount">([^<]*)</.exec(page)?.[1] ?? '';
};

/** What is no price. */
const noPrices = fc.oneof(
  fc
    .double({ min: -1e12, max: 1e12, noNaN: true, noDefaultInfinity: true })
    .filter((value) => !Number.isInteger(value)),
  fc.integer({ min: -1_000_000, max: -1 }),
  fc.integer({ min: MOST_PRICE + 1, max: Number.MAX_SAFE_INTEGER }),
  prices.map(String),
  fc.constantFrom<unknown>(null, true, [], [5], { minor: 5 }, 2 ** 53, 1e300),
);

export const moneyLaws: readonly Law[] = [
  law(
    'money: an order costs quantity times price, to the unit, everywhere that it is written',
    [buyerKeys, quantities, prices, allCurrencies],
    (buyerKey, quantity, price, currency) => {
      const claim = ordered(buyerKey, quantity, price, currency);
      ok(claim !== undefined && Number.isSafeInteger(claim.amount));
      equal(BigInt(claim.amount), BigInt(quantity) * BigInt(price));
      const record = recordOf(ITEM, claim.holder, 'RESERVED', factsOf(claim));
      const stored = attributesOf(storedItem({ table: 'orders', pk: 'a', sk: 'b' }, { ...record }));
      const event = orderEvent(ITEM, claim.holder, 'RESERVED', factsOf(claim));
      const { amountMinor, currency: told } = JSON.parse(JSON.stringify(event.detail));
      for (const amount of [record.amount, stored['amount'], amountMinor])
        equal(amount, claim.amount);
      for (const code of [record.currency, stored['currency'], told]) equal(code, currency);
    },
    3,
  ),

  law(
    'money: only what costs nothing is paid without a payment',
    [buyerKeys, quantities, prices],
    (buyerKey, quantity, price) => {
      const claim = ordered(buyerKey, quantity, price, 'EUR');
      equal(claim?.state, price === 0 ? 'PAID' : 'RESERVED');
    },
    3,
  ),

  law(
    'money: a page shows each minor unit, with the digits of its currency',
    [amounts, currencies, locales],
    (amount, currency, locale) => {
      const digits = DIGITS[currency];
      const text = priceText(amount, currency, locale).replace(/\D+$/, '');
      equal(digitsIn(text), BigInt(amount));
      if (digits > 0) ok(/[.,]/.test(text.at(-digits - 1) ?? ''), text);
      if (digits === 0)
        equal(
          text
            .replace(/^\D+/, '')
            .split(/[.,]/)
            .slice(1)
            .every((group) => group.length === 3),
          true,
        );
    },
  ),

  law(
    'money: the provider asks for what the page shows, in any currency',
    [amounts, allCurrencies],
    (amount, currency) => {
      equal(digitsIn(onPayPage(amount, currency)), digitsIn(priceText(amount, currency, 'en')));
      equal(digitsIn(priceText(amount, currency, 'de')), BigInt(amount));
    },
  ),

  law(
    'money: a price of a sale file is its minor units, whatever the currency',
    [prices, allCurrencies],
    (price, currency) => {
      const read = readSaleFile(print(aSaleFile({ currency, items: [anItem({ price })] })), 'x');
      ok('sale' in read);
      equal(wholeSale(read.sale)?.items[0]?.price, price);
      equal(read.sale.currency, currency);
    },
  ),

  law(
    'money: what is no whole number of minor units is refused by its name',
    [noPrices],
    (price) => {
      const [mistake, ...others] = broken({ items: [anItem({ price })] });
      ok(mistake?.startsWith('items[0].price: '), mistake);
      equal(others.length, 0);
    },
  ),
];
