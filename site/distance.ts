/** @module How far a sale is from the shopper. */

import type { Sale, Where } from './api.ts';

type Place = NonNullable<Sale['items'][number]['place']>;

/** A place of a sale, and how far it is. */
export type Near = { readonly place: Place; readonly km: number };

/** The mean radius, of a ball as large as the earth: within half a percent. */
const EARTH_KM = 6371;

/** Kilometres along the ground between two points in degrees (haversine). */
function kmBetween(
  a: { readonly latitude: number; readonly longitude: number },
  b: { readonly latitude: number; readonly longitude: number },
): number {
  const rad = (degrees: number) => (degrees * Math.PI) / 180;
  const half = (x: number, y: number) => Math.sin(rad(x - y) / 2) ** 2;
  const h =
    half(a.latitude, b.latitude) +
    Math.cos(rad(a.latitude)) * Math.cos(rad(b.latitude)) * half(a.longitude, b.longitude);
  return 2 * EARTH_KM * Math.asin(Math.min(1, Math.sqrt(h)));
}

/** The place of a sale's items that is nearest to the shopper; nothing where either is not known. */
export function nearest({ items }: Sale, where: Where | undefined): Near | undefined {
  if (!where || where.latitude === null || where.longitude === null) return undefined;
  const here = { latitude: Number(where.latitude), longitude: Number(where.longitude) };
  return items
    .flatMap(({ place }) => (place ? [{ place, km: kmBetween(here, place) }] : []))
    .sort((a, b) => a.km - b.km)[0];
}

/** What is over comes last; before that the nearest first, then what has no place; then what opens first. */
export function inOrder(
  sales: readonly Sale[],
  where: Where | undefined,
  nowMs: number,
): readonly Sale[] {
  const isOver = (sale: Sale) => Number(sale.closesAtEpochMs <= nowMs);
  const km = (sale: Sale) => nearest(sale, where)?.km ?? Number.MAX_VALUE;
  return sales.toSorted(
    (a, b) => isOver(a) - isOver(b) || km(a) - km(b) || a.opensAtEpochMs - b.opensAtEpochMs,
  );
}

/** Where signs on the road show miles. */
const MILES = new Set(['US', 'GB', 'LR', 'MM']);

const KM_PER_MILE = 1.609344;

/** A distance that is only known roughly: two digits, 1 at least. */
export function distanceText(km: number, locale: string): string {
  const isMiles = MILES.has(new Intl.Locale(locale).region ?? '');
  return new Intl.NumberFormat(locale, {
    style: 'unit',
    unit: isMiles ? 'mile' : 'kilometer',
    maximumSignificantDigits: 2,
  }).format(Math.max(1, isMiles ? km / KM_PER_MILE : km));
}
