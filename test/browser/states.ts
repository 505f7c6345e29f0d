/** @module Every state that the sale page can be in, and how a shopper gets there. */

import type { BrowserContextOptions, Page } from 'playwright-core';
import { SELLING_STATES } from './selling-states.ts';
import type { Answers } from './stub-answers.ts';
import { usualAnswers } from './stub-answers.ts';
import type { StubShop } from './stub-shop.ts';
import { WAITING_STATES } from './waiting-states.ts';

/** What is different from an open sale that sells to whoever asks. */
export type State = {
  readonly answers?: () => Partial<Answers>;
  /** What the page calls it. */
  readonly reaches: string;
  readonly path?: string;
  /** What the shopper does once the page is there. */
  readonly act?: (page: Page) => Promise<void>;
  /** What the page says then, in English. */
  readonly says: RegExp;
};

export const STATES: Readonly<Record<string, State>> = { ...WAITING_STATES, ...SELLING_STATES };

/** Makes a shop answer for a state, opens the page and does what it takes. */
export async function reach(
  { answers, path, reaches, act }: State,
  shop: StubShop,
  options?: BrowserContextOptions,
): Promise<Page> {
  shop.answers = { ...usualAnswers(), ...answers?.() };
  const page = await shop.visit(path, options);
  await page.locator(`main[data-state="${reaches}"]`).waitFor();
  await act?.(page);
  return page;
}
