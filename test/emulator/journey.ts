/** @module The journey of two sales at a place, from their publishing to their audit. All clocks are real. */

import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { auditSale } from '../../adapters/audit-sale.ts';
import { valueIn } from '../../adapters/secrets.ts';
import { PROMISES } from '../../domain/audit.ts';
import type { PublishedSale } from '../../domain/sale.ts';
import { type PaymentSandbox, startPaymentSandbox } from '../../sandbox/payment-sandbox.ts';
import { seeCalls } from './aws-probes.ts';
import { answersOf, type Crowd, expired, gather, payAll, rush } from './crowd.ts';
import { drainPoison, lettersLeft, redrive } from './dead-letters.ts';
import { type Seen, seeAnswers, seeCache } from './http-probes.ts';
import { recordOf } from './orders.ts';
import type { Place, Run } from './place.ts';
import { until } from './report.ts';
import {
  PAYMENT_WINDOW_SECONDS,
  publishedSale,
  SALES,
  type SaleName,
  saleCommand,
  UNITS,
  writeSale,
} from './sales.ts';
import { buy, type Entrance, entrancesOf } from './visitors.ts';

/** How late a schedule of a minute may fire, and half a minute for a busy machine. */
const LATE_SECONDS = 90;

/** Window, grace of a minute, the wait for the next sweep, its lateness. */
const RELEASED_SECONDS = PAYMENT_WINDOW_SECONDS + 60 + 60 + LATE_SECONDS;

/** A place while its sales go on. */
type Night = {
  readonly place: Place;
  readonly outputsFile: string;
  readonly entrance: Entrance;
  readonly sales: Readonly<Record<SaleName, PublishedSale>>;
  readonly sandbox: PaymentSandbox;
  readonly crowd: Crowd;
};

/**
 * Goes all the way.
 *
 * @param name of the place, for its files
 * @returns what it was answered, to be compared with another place
 */
export async function journey(run: Run, place: Place, name: string): Promise<Seen> {
  const outputsFile = join(run.folder, `${name}-outputs.json`);
  await writeFile(outputsFile, JSON.stringify(place.stacks));
  const { steps, deployment } = place;
  const key = valueIn(await deployment.paymentKeys(), 'key');
  const signing = Object.values(await deployment.signingKeys()).map(String);
  run.report.hide(key, ...signing);
  const sales = await steps.step('publish', 120, () => publishAll(run, place, outputsFile));
  for (const { doorKey, salt, slotSeed } of Object.values(sales)) {
    run.report.hide(doorKey, salt, slotSeed);
  }
  const entrances = entrancesOf(place);
  const [entrance] = entrances;
  if (entrance === undefined) throw new Error('nobody can come in here');
  const webhookUrl = `${entrance.url}/api/payments/events`;
  const { port } = place.provider;
  const sandbox = await startPaymentSandbox({ port, key, webhookUrl, now: Date.now });
  try {
    const crowd = await steps.step('let a crowd come', 120, () => gather(entrances));
    return await sell({ place, outputsFile, entrance, sales, sandbox, crowd });
  } finally {
    await sandbox.stop();
    for (const { mall } of entrances) mall.close();
  }
}

async function publishAll({ folder }: Run, place: Place, outputsFile: string) {
  const now = Date.now();
  for (const id of SALES) {
    const file = await writeSale(folder, id, now);
    await saleCommand(place, outputsFile, 'publish', file, '--yes');
  }
  return {
    crowd: await publishedSale(place, 'crowd'),
    short: await publishedSale(place, 'short'),
  };
}

async function sell(night: Night): Promise<Seen> {
  const { place, crowd, sandbox } = night;
  const { steps } = place;
  await beforeOpening(night);
  await steps.step('open by schedule', 40 + LATE_SECONDS, () => opened(night));
  await steps.step('sell to the crowd', 120, () => rush(crowd, 'crowd'));
  const half = crowd.orders.slice(0, UNITS / 2);
  const unpaid = crowd.orders.slice(UNITS / 2);
  await steps.step('pay by webhook', 120, () => payAll(sandbox, half));
  await steps.step('record what was paid', 60, () => recorded(place, half));
  const seen = await steps.step('ask what both must answer alike', 120, () => see(night));
  await steps.step('drain the dead-letter queue', 180, () => drainPoison(place));
  await steps.step('redrive the dead-letter queue', 240, () => redrive(place, half[0]!.orderId));
  await steps.step('close by schedule', 60 + LATE_SECONDS, () => closed(night));
  await steps.step('time orders out by schedule', RELEASED_SECONDS, async () => {
    await expired(unpaid, RELEASED_SECONDS);
    return `${unpaid.length} orders, by the sweep that runs every minute`;
  });
  await steps.step('sell what came back', 120, () => sellRest(night));
  await steps.step('find nothing in the dead-letter queue', 30, async () => {
    const left = await lettersLeft(place);
    if (left > 0) throw new Error(`${left} messages lie there`);
  });
  for (const id of SALES) await steps.step(`audit "${id}"`, 120, () => audited(night, id));
  return seen;
}

/** What goes over HTTP is compared through CloudFront alone: the bare API has no gate. */
async function see({ place, crowd, sales, entrance }: Night): Promise<Seen> {
  const calls = await seeCalls(place);
  if (place.edge === undefined) return calls;
  const answers = await seeAnswers(entrance.url, crowd, sales.crowd.doorKey);
  return { ...calls, ...answers, ...(await seeCache(place, entrance.url)) };
}

/** Time that a request may need to come before the opening. */
const SPARE_MS = 3000;

/** With the right door key, and before the second; on a machine that is too slow for it there is nothing to see. */
async function beforeOpening({ place: { steps }, crowd, sales }: Night): Promise<void> {
  const what = 'refuse before the opening';
  const { opensAt, doorKey } = sales.crowd;
  if (Date.now() > opensAt - SPARE_MS) {
    steps.skipped(what, 'publishing took so long that the sale has opened');
    return;
  }
  await steps.step(what, 60, async () => {
    const { shopper } = crowd.visitors[0]!;
    const { status, body } = await shopper.buy('crowd', { doorKey, ticket: 'any' });
    if (body['code'] !== 'not-open') throw new Error(`it was answered ${status} ${body['code']}`);
    return `${status} ${body['code']}`;
  });
}

/** The flag comes when its schedule has fired, and never before its second. */
async function opened({ entrance, sales }: Night): Promise<string> {
  const { opensAt, doorKey } = sales.crowd;
  const seen = await until('the door key', 30 + LATE_SECONDS, () => entrance.mall.doorKey('crowd'));
  const late = Date.now() - opensAt;
  if (seen !== doorKey) throw new Error('the flag gives away another door key');
  if (late < 0) throw new Error(`the door key was there ${-late} ms before the opening`);
  return `the flag was there ${(late / 1000).toFixed(1)} s after the opening`;
}

async function recorded(place: Place, orders: Crowd['orders']): Promise<void> {
  for (const { orderId } of orders) {
    await until(`the record of ${orderId}`, 60, async () => {
      return (await recordOf(place, orderId))?.state === 'PAID';
    });
  }
}

async function closed({ entrance, sales, crowd }: Night): Promise<string> {
  const { closesAt, doorKey } = sales.short;
  const path = () => `/sales/short/sale.js?v=${Date.now()}`;
  await until('the flag of the closing', 60 + LATE_SECONDS, async () => {
    return (await entrance.mall.ask('GET', path())).text.includes('"saleEnded":true');
  });
  const late = Date.now() - closesAt;
  if (late < 0) throw new Error(`the sale was closed ${-late} ms before its closing`);
  const { status, body } = await crowd.visitors[0]!.shopper.buy('short', {
    doorKey,
    ticket: 'any',
  });
  if (body['code'] !== 'closed') throw new Error(`a buy is answered ${status} ${body['code']}`);
  return `seen ${(late / 1000).toFixed(1)} s after the closing`;
}

/** Whoever was told "sold out" comes again, and all that came back is sold, and paid. */
async function sellRest({ crowd, sandbox }: Night): Promise<string> {
  const back = crowd.empty.slice(0, UNITS / 2);
  const orders = [];
  for (const visitor of back) {
    const { status, body } = await buy(visitor, 'crowd');
    if (status !== 201) throw new Error(`a shopper is answered ${status} ${body['code']}`);
    orders.push({ orderId: body['orderId'] as string, visitor });
  }
  await payAll(sandbox, orders);
  const last = await buy(crowd.empty.at(-1)!, 'crowd');
  if (last.body['code'] !== 'sold-out') throw new Error(`${UNITS} units sold, and one more`);
  return `${orders.length} orders, all paid`;
}

/** By the command, from the tables alone; and with what shoppers were answered, all five promises. */
async function audited({ place, outputsFile, crowd }: Night, id: SaleName): Promise<string> {
  await saleCommand(place, outputsFile, 'audit', id);
  const verdict = await auditSale(place.deployment, id, { answers: answersOf(crowd, id) });
  const broken = PROMISES.filter((name) => verdict.promises[name] !== true);
  const [item] = verdict.items;
  if (broken.length > 0) {
    throw new Error(`not kept: ${JSON.stringify(verdict.promises)}`);
  }
  return `${PROMISES.length} promises kept; ${item?.paid} of ${item?.cap} units paid`;
}
