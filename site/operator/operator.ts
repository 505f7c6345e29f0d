/** @module The operators' page: signs in, and shows the view that the address names. */

import { byId, say } from '../dom.ts';
import { watchForWaking } from '../waking.ts';
import { get, type Problem, watch } from './api.ts';
import { draftView } from './draft-view.ts';
import { draftsView } from './drafts-view.ts';
import { button, fill, h } from './element.ts';
import { logView } from './log-view.ts';
import { productView } from './product-view.ts';
import { productsView } from './products-view.ts';
import { refusal } from './said.ts';
import { saleView } from './sale-view.ts';
import { salesView } from './sales-view.ts';
import { signIn, signOut, takeAnswer, token } from './session.ts';
import { heading, type View } from './view.ts';

type Config = { readonly issuer: string; readonly clientId: string };

let view: View | undefined;
let config: Config | undefined;

/** The view that an address names: `#/sales/demo`. */
function viewAt(hash: string): View {
  const [place = '', name] = hash.replace(/^#\/?/, '').split('/').map(decodeURIComponent);
  switch (place) {
    case '':
    case 'sales':
      return name === undefined ? salesView() : saleView(name);
    case 'drafts':
      return name === undefined ? draftsView() : draftView(name);
    case 'products':
      return name === undefined ? productsView() : productView(name);
    case 'log':
      return logView();
    default:
      return { title: 'Nothing here', element: heading('There is nothing here') };
  }
}

function show(isFirst = false): void {
  view?.stop?.();
  view = viewAt(location.hash);
  document.title = `${view.title} · Operators`;
  fill(byId('main'), view.element);
  const place = location.hash.split('/')[1] ?? '';
  for (const link of byId('nav').querySelectorAll('a')) {
    const isHere = (link.hash.split('/')[1] ?? '') === (place === 'sales' ? '' : place);
    if (isHere) link.setAttribute('aria-current', 'page');
    else link.removeAttribute('aria-current');
  }
  // Screen readers hear where they are; after a load they begin at the top anyway.
  if (!isFirst) view.element.querySelector('h1')?.focus();
}

const goToIssuer = () => {
  if (config) void signIn(config).catch((error: Error) => greet(error.message));
};

/** Asks to sign in. @param why nothing, or why it was not enough */
function greet(why = ''): void {
  fill(
    byId('main'),
    h(
      'div',
      { class: 'greeting card' },
      heading('Operators'),
      h('p', {}, 'Plan sales, watch them, and step in where something needs a person.'),
      why && h('p', { class: 'refusal', role: 'alert' }, why),
      button('Sign in', goToIssuer, 'primary'),
    ),
  );
}

const TEXTS: Readonly<Record<string, string>> = {
  'sign-in-cancelled': 'You did not sign in.',
  'sign-in-stale': 'Please sign in again.',
  'sign-in-unavailable': 'The place where you sign in does not answer. Try again in a while.',
};

/** The sign-in has ended: what is on the page stays, and what was typed is kept. */
function showExpired({ detail }: Problem): void {
  const strip = byId('expired');
  if (!strip.hidden) return;
  strip.hidden = false;
  fill(
    strip,
    `Your sign-in has ended: ${detail}. What you typed is kept. `,
    button('Sign in again', goToIssuer),
  );
}

async function enter(): Promise<void> {
  const me = await get<{ readonly name: string }>('/me');
  if (!me.ok) {
    if (me.problem.code === 'sign-in-required') return greet();
    const again = me.problem.code === 'not-an-operator' ? undefined : () => void enter();
    fill(byId('main'), h('div', {}, heading('Operators'), refusal(me.problem, again)));
    byId('sign-out').hidden = false;
    return;
  }
  byId('nav').hidden = false;
  byId('sign-out').hidden = false;
  // The subject behind it is for the log.
  say(byId('who'), me.value.name.replace(/ \(.*\)$/, ''));
  addEventListener('hashchange', () => show());
  watch({ reached, signedOut: showExpired });
  show(true);
}

const reached = (isReached: boolean) =>
  say(byId('offline'), isReached ? '' : 'The shop does not answer. What you see may be old.');

async function begin(): Promise<void> {
  watchForWaking();
  watch({ reached, signedOut: () => {} });
  byId('sign-out').addEventListener('click', () => {
    signOut();
    location.replace('/operator/');
  });
  const asked = await get<Config>('/sign-in');
  if (!asked.ok) {
    return fill(
      byId('main'),
      heading('Operators'),
      refusal(asked.problem, () => location.reload()),
    );
  }
  config = asked.value;
  try {
    await takeAnswer(config);
  } catch (error) {
    const { code = '' } = error as { readonly code?: string };
    return greet(TEXTS[code] ?? 'The answer of the place where you sign in does not hold.');
  }
  return token() === '' ? greet() : enter();
}

void begin();
