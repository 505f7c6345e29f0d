/** @module Prices for the eye. */

/** A price in a currency's minor units, as people write it: 1990 of EUR is €19.90, 1990 of JPY ¥1,990. */
export function priceText(minor: number, currency: string, locale: string): string {
  const format = new Intl.NumberFormat(locale, { style: 'currency', currency });
  const digits = format.resolvedOptions().maximumFractionDigits ?? 2;
  return format.format(minor / 10 ** digits);
}
