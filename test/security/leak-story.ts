/** @module A sale's life with everything that can go wrong in it, told aloud, and what of it is secret. */

import { join } from 'node:path';
import { mac } from '../../adapters/hmac.ts';
import { mixedSeed } from '../../adapters/slots.ts';
import { type Scene, startScene } from '../stack/scene.ts';
import type { Shopper } from '../support/shopper.ts';
import { watchApi } from './behind.ts';
import { AUDIENCE, realToken } from './identity-tokens.ts';
import { type Issuer, startIssuer } from './issuer.ts';
import { fail } from './leak-failures.ts';
import { ADDRESS_HEADER, HEADERS, PERSON, ticketOf } from './leak-person.ts';
import { type Ears, openEars, type Said, type Secret } from './leak-search.ts';
import { startOperator } from './operator.ts';

const MINUTE_MS = 60_000;

export type Story = {
  readonly heard: readonly Said[];
  readonly secrets: readonly Secret[];
  /** How many lines functions logged because something went wrong. */
  readonly failures: number;
};

type Cast = { readonly scene: Scene; readonly ears: Ears; readonly issuer: Issuer };

/** Tells it from before the opening to after the closing. */
export async function tellAll(): Promise<Story> {
  const issuer = await startIssuer('k1');
  const ears = openEars();
  const parameters = { OidcIssuer: issuer.url, OidcAudience: AUDIENCE };
  const options = { parameters, log: ears.log, viewerAddressHeader: ADDRESS_HEADER };
  const now = Date.now();
  const scene = await startScene(
    {
      ...{ id: 'told', opensAt: now + 2 * MINUTE_MS, closesAt: now + 12 * MINUTE_MS },
      admission: { expectedShoppers: 100, perSecond: 1000, difficulty: 10, ticketSeconds: 600 },
      items: [{ units: 20, limit: 3 }],
    },
    options,
  );
  try {
    ears.attach(scene);
    return await tell({ scene, ears, issuer });
  } finally {
    await scene.stop();
    await issuer.stop();
  }
}

async function tell({ scene, ears, issuer }: Cast): Promise<Story> {
  const behind = watchApi(scene);
  const keys = await behind.keys('told');
  const secrets: Secret[] = [...ofTheStack(await stackKeys(scene)), ...ofKeys(keys)];
  secrets.push(...ofTheSale(scene));
  const operator = startOperator(scene, ears);
  await lookAround(scene);
  await operator.run('pause', 'told', '--yes');
  await scene.stack.clock.advance(3 * MINUTE_MS);
  await operator.run('resume', 'told', '--yes');
  await scene.stack.clock.advance(2 * MINUTE_MS);
  await shop(scene, issuer, secrets);
  await fail(scene);
  for (const words of [
    ['audit', 'told'],
    ['audit', 'told', '--json'],
    ['suspects', 'told'],
    ['list', '--json'],
    ['show', 'told'],
    ['show', 'told', '--json'],
    ['watch', 'told', '--json', '--seconds', '2'],
    ['repair', 'told', '--dry-run', '--json'],
    ['redrive', '--json'],
    ['log', '--json'],
  ]) {
    await operator.run(...words);
  }
  await operator.run('suspects', 'told', '--json', '--least', '2');
  await operator.run('block', '--agent', 'test-robot', '--yes');
  await operator.run('block');
  await operator.run('pause', 'nowhere', '--yes');
  await operator.run('publish', join('nowhere', 'sale.json'));
  await scene.stack.clock.advance(12 * MINUTE_MS);
  await lookAround(scene);
  operator.end();
  for (const { detailType, detail } of scene.stack.events) {
    ears.hear('event', detailType, JSON.stringify(detail));
  }
  const failures = ears.heard.filter(({ kind }) => kind === 'log').length;
  return { heard: ears.heard, secrets, failures };
}

const stackKeys = async ({ deployment }: Scene) => ({
  signing: await deployment.signingKeys(),
  payment: (await deployment.paymentKeys())['key'] ?? '',
});

/** Said to nobody, ever. */
function ofTheStack({ signing, payment }: Awaited<ReturnType<typeof stackKeys>>): Secret[] {
  const { active: _, ...keys } = signing;
  return [
    ...Object.entries(keys).map(([kid, value]) => ({ name: `signing key ${kid}`, value })),
    { name: 'payment key', value: payment },
    { name: 'the bearer of the provider', value: mac(payment, 'api.v1') },
  ];
}

const ofKeys = (keys: Readonly<Record<string, string>>): Secret[] =>
  Object.entries(keys).map(([kind, value]) => ({ name: `API key ${kind}`, value }));

function ofTheSale({ sale }: Scene): Secret[] {
  const isFlag = ({ kind, where, text }: Said) =>
    kind === 'answer' && where === 'GET /sales/told/sale.js' && text.includes('"saleStarted":true');
  const isRevealed = ({ kind, where, text }: Said) =>
    kind === 'answer' && where === 'GET /sales/told/slots.json' && text.includes('"seed":"');
  return [
    { name: 'salt', value: sale.salt },
    { name: 'mixed seed', value: mixedSeed(sale.slotSeed, '') },
    { name: 'door key', value: sale.doorKey, may: isFlag },
    { name: 'slot seed', value: sale.slotSeed, may: isRevealed },
  ];
}

const PAGES = ['', 'sale.js?v=1', 'sale.json', 'slots.json'].map((file) => `/sales/told/${file}`);

/** Reads all that anybody can read. */
async function lookAround({ stack }: Scene): Promise<void> {
  const paths = ['/', '/sales/index.json', '/api/time', '/api/where', '/api/sales/told', ...PAGES];
  for (const path of [...paths, '/sales/told/keys.json', '/.env', '/sales/']) {
    await fetch(`${stack.siteUrl}${path}`);
  }
}

const decoded = (cookie: string) =>
  JSON.parse(Buffer.from(cookie.split('.')[1] ?? '', 'base64url').toString());

/** Somebody known and a guest buy, pay, cancel, pay too late. */
async function shop(scene: Scene, issuer: Issuer, secrets: Secret[]): Promise<void> {
  const { subject: sub, email } = PERSON;
  const token = realToken({ real: issuer, hostile: issuer }, { sub, email, name: email });
  const authorization = `Bearer ${token}`;
  const { headers } = await scene.ask('POST', '/api/session', {
    headers: { authorization, ...HEADERS },
  });
  const [cookie = ''] = headers['set-cookie']?.[0]?.split(';') ?? [];
  const [known, guest] = [scene.shopperWith(cookie), await scene.enter()];
  secrets.push({ name: 'identity token', value: token });
  for (const [name, value] of Object.entries(PERSON)) secrets.push({ name, value });
  for (const [who, shopper] of Object.entries({ known, guest })) {
    secrets.push(...(await ofShopper(who, scene, shopper)));
  }
}

async function ofShopper(who: string, scene: Scene, shopper: Shopper): Promise<Secret[]> {
  const ticket = await ticketOf(scene, shopper);
  const buy = () => shopper.buy('told', { ticket, headers: HEADERS });
  const first = (await buy()).body['orderId'];
  const token = await shopper.token(first);
  await scene.pay(token);
  await scene.pay(token, { forceNew: true });
  await scene.pay(token, { amountMinor: 1, forceNew: true });
  const second = (await buy()).body['orderId'];
  const lateToken = await shopper.token(second);
  await shopper.cancel(second);
  await scene.pay(lateToken);
  await buy();
  const { u, t } = decoded(shopper.cookie);
  const answerTo = (ending: RegExp) => (said: Said) =>
    said.kind === 'answer' && ending.test(said.where);
  return [
    {
      ...{ name: `session of ${who}`, value: shopper.cookie.replace('fs_session=', '') },
      may: answerTo(/^POST \/api\/session$/),
    },
    { name: `ticket of ${who}`, value: ticket, may: answerTo(/\/ticket$/) },
    { name: `payment token of ${who}`, value: token, may: answerTo(/\/checkout$/) },
    { name: `late payment token of ${who}`, value: lateToken, may: answerTo(/\/checkout$/) },
    { name: `shopper id of ${who}`, value: u, may: answerTo(/\/ticket$|^POST \/api\/session$/) },
    {
      // It joins the logs of one visit: in answers to the shopper, in logs and in events.
      ...{ name: `transaction of ${who}`, value: t },
      may: ({ kind }) => kind === 'answer' || kind === 'log' || kind === 'event',
    },
  ];
}
