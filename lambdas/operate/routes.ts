/** @module Every route of the operators' API. */

import type { Route } from './route.ts';
import { DOOR_ROUTES } from './routes-doors.ts';
import { DRAFT_ROUTES } from './routes-drafts.ts';
import { LOG_ROUTES } from './routes-log.ts';
import { MONEY_ROUTES } from './routes-money.ts';
import { PRODUCT_ROUTES } from './routes-products.ts';
import { SALE_ROUTES } from './routes-sales.ts';

export const ROUTES: readonly Route[] = [
  ...LOG_ROUTES,
  ...SALE_ROUTES,
  ...DOOR_ROUTES,
  ...MONEY_ROUTES,
  ...PRODUCT_ROUTES,
  ...DRAFT_ROUTES,
];

/** The one path that is open to everybody: where operators sign in. */
export const SIGN_IN = '/sign-in';
