/** @module The sales of a run, as files, and how they are published. */

import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { saleKey } from '../../domain/items.ts';
import { saleIn } from '../../domain/publish.ts';
import type { PublishedSale } from '../../domain/sale.ts';
import { command, ROOT } from '../support/command.ts';
import { awsEnv } from './cdk.ts';
import type { Place } from './place.ts';

/** Long enough to pay in on a busy machine; overdue orders are released by the third sweep all the same. */
export const PAYMENT_WINDOW_SECONDS = 90;

/** Publishing takes seconds, and is looked at before the opening. */
const OPENS_IN_MS = 30_000;

/** The short sale lives that long: a schedule may come a minute late, and must find it closed by the clock. */
const SHORT_SECONDS = 60;

export const UNITS = 8;

/** The sale that the crowd comes for, and one that closes before the eyes of the suite. */
export const SALES = ['crowd', 'short'] as const;

export type SaleName = (typeof SALES)[number];

/** Writes the file of a sale. @returns its path */
export async function writeSale(folder: string, id: SaleName, now: number): Promise<string> {
  const opensAt = Math.ceil((now + OPENS_IN_MS) / 1000) * 1000;
  const closesAt = opensAt + (id === 'short' ? SHORT_SECONDS * 1000 : 3_600_000);
  const path = join(folder, `${id}.json`);
  const sale = {
    ...{ id, title: `Emulator: ${id}`, currency: 'EUR' },
    opensAt: new Date(opensAt).toISOString(),
    closesAt: new Date(closesAt).toISOString(),
    paymentWindowSeconds: PAYMENT_WINDOW_SECONDS,
    admission: { expectedShoppers: 0, perSecond: 250, difficulty: 0, ticketSeconds: 10 },
    items: [{ sku: 'lamp', name: 'Lamp', price: 1999, units: UNITS, limit: 1 }],
  };
  await writeFile(path, JSON.stringify(sale));
  return path;
}

/** `npm run sale -- …` against a place. @returns what it printed */
export const saleCommand = (
  { endpoint }: Place,
  outputsFile: string,
  ...args: readonly string[]
): Promise<string> =>
  command(process.execPath, [join(ROOT, 'cli/run.ts'), ...args, '--outputs', outputsFile], {
    ...{ seconds: 60, env: awsEnv(endpoint) },
  });

/** A sale as it stands in the catalogue, with its secrets. */
export async function publishedSale({ deployment }: Place, id: SaleName): Promise<PublishedSale> {
  const [found] = await deployment.store.read([saleKey(id)]);
  if (found === undefined) throw new Error(`sale "${id}" is not in the catalogue`);
  return saleIn(found);
}
