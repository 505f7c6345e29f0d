/** @module Money as people write it: digits of the currency, no grouping, never through a float. */

import type { Minor } from '../domain/units.ts';

/** How many digits a currency has behind the point; 2 where nobody knows the currency. */
function minorDigits(currency: string): number {
  try {
    const format = new Intl.NumberFormat('en', { style: 'currency', currency });
    return format.resolvedOptions().maximumFractionDigits ?? 2;
  } catch {
    return 2;
  }
}

/** Such as `19.99` for 1999 of EUR, `1999` for 1999 of JPY. */
export function decimalOf(amount: Minor, currency: string): string {
  const digits = minorDigits(currency);
  const text = String(Math.abs(amount)).padStart(digits + 1, '0');
  const whole = text.slice(0, text.length - digits);
  const sign = amount < 0 ? '-' : '';
  return digits === 0 ? `${sign}${whole}` : `${sign}${whole}.${text.slice(-digits)}`;
}

/** Such as `19.99 EUR`. */
export const moneyText = (amount: Minor, currency: string): string =>
  `${decimalOf(amount, currency)} ${currency}`;
