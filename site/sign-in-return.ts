/** @module The way back from the issuer, which knows one address for all sales: the list passes its answer on. */

import { inTab } from './storage.ts';

// Declared, so that the compiler of the tests needs no DOM.
declare const location: { readonly search: string; replace(url: string): void };

/** Where a tab keeps what it must know of a sign-in that it has begun. */
export const BEGUN = 'flash-sale.sign-in';

/** Goes on to the page that the shopper has left for the issuer. @returns whether there is an answer to pass on */
export function passOn(): boolean {
  const { page = '' } = JSON.parse(inTab.get(BEGUN) ?? '{}') as { readonly page?: string };
  const isAnswer = page !== '' && /[?&]state=/.test(location.search);
  if (isAnswer) location.replace(page + location.search);
  return isAnswer;
}
