/** @module What shoppers do who sign in, and a shop that wants them to. */

import type { Page } from 'playwright-core';
import { deployment, outputsFrom } from '../../adapters/deployment.ts';
import type { Sale } from '../../domain/sale.ts';
import { openStorefront, type Storefront } from './storefront.ts';

const HOUR_MS = 3_600_000;

/** With slots, so that the page shows who has a place; they are a second wide together. */
const ADMISSION = { expectedShoppers: 250, perSecond: 250, difficulty: 0, ticketSeconds: 10 };

/** A sale that opens in an hour, at which one can sign in; see {@link openDoor}. */
export function openSignInStorefront(changes: Partial<Sale> = {}): Promise<Storefront> {
  const opensAt = Date.now() + HOUR_MS;
  const sale = { opensAt, closesAt: opensAt + HOUR_MS, admission: ADMISSION, ...changes };
  return openStorefront(sale, { signIn: true });
}

/** Makes the stage one that refuses guests, as its output says when it is synthesised so. */
export async function refuseGuests({ local }: Storefront): Promise<void> {
  const { stack, sale } = local;
  const outputs = outputsFrom({ ...stack.outputs, Guests: 'refused' });
  const place = { endpoint: stack.awsUrl, clock: () => stack.clock.now() };
  await deployment(outputs, place).edge.putSale(sale);
}

/** Lets the hour pass; pages learn of it by loading again. */
export const openDoor = ({ local }: Storefront) => local.stack.clock.advance(HOUR_MS);

/** Leaves the sale page for the provider's. */
export async function goToProvider(storefront: Storefront, page: Page): Promise<void> {
  await page.locator('#sign-in').click();
  await page.waitForURL(`${storefront.local.identity?.url}/authorize?**`);
}

/** Fills in the provider's page, and comes back to the sale. */
export async function signInAs(
  storefront: Storefront,
  page: Page,
  { name = 'Ada', membership = '' } = {},
): Promise<void> {
  await page.getByLabel('Name').fill(name);
  await page.getByLabel('Membership').fill(membership);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.waitForURL(storefront.url);
}

/** What the session cookie of a page says; nothing where there is none. */
export async function sessionOf(page: Page): Promise<Readonly<Record<string, unknown>>> {
  const cookies = await page.context().cookies();
  const [, content] = cookies.find(({ name }) => name === 'fs_session')?.value.split('.') ?? [];
  return content ? JSON.parse(Buffer.from(content, 'base64url').toString()) : {};
}
