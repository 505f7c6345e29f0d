/** @module The list of sales: the nearest first. */

import { fetchSales, fetchWhere, isPassing, type Sale, type Where, watchContact } from './api.ts';
import { instantText, remainingText } from './countdown.ts';
import { distanceText, inOrder, nearest } from './distance.ts';
import { byId, fromTemplate, part, say, within } from './dom.ts';
import { illustration } from './illustration.ts';
import { locale, speak, texts } from './language.ts';
import { serverClock } from './server-clock.ts';
import { jittered } from './waiting.ts';
import { keepRight, pause, watchForWaking } from './waking.ts';

/** How soon a list that could not be had is asked for again. */
const RETRY_MS = 3000;

const clock = serverClock();

function stageOf(sale: Sale, nowMs: number): { stage: string; text: string } {
  const { listOver, listOpen, listOpens, days } = texts();
  if (nowMs >= sale.closesAtEpochMs) return { stage: 'closed', text: listOver };
  if (nowMs >= sale.opensAtEpochMs) return { stage: 'open', text: listOpen };
  const left = remainingText(sale.opensAtEpochMs - nowMs, days);
  return { stage: 'waiting', text: listOpens(left) };
}

/** Adds a sale to the list. Answers what keeps its stage current. */
function entryOf(sale: Sale, where: Where | undefined): () => void {
  const element = fromTemplate('sale-template');
  const link = within<HTMLAnchorElement>(element, 'a');
  link.href = `/sales/${encodeURIComponent(sale.id)}/`;
  say(link, sale.title);
  say(part(element, 'when'), instantText(sale.opensAtEpochMs, locale()));
  const near = nearest(sale, where);
  const place = near?.place ?? sale.items.find((item) => item.place)?.place;
  const away = near && texts().away(distanceText(near.km, locale()));
  say(part(element, 'where'), [place?.name, away].filter(Boolean).join(' · '));
  part(element, 'picture').append(illustration(sale.items[0]?.name ?? sale.title));
  byId('list').append(element);
  return () => {
    const { stage, text } = stageOf(sale, clock.now());
    element.dataset['state'] = stage;
    say(part(element, 'stage'), text);
  };
}

/** Lists the sales, and keeps their stages current. */
export async function listPage(): Promise<void> {
  watchForWaking();
  watchContact((isReached) => say(byId('offline'), isReached ? '' : texts().offline));
  await speak();
  const [sales, where] = await Promise.all([salesThere(), fetchWhere(), keepRight(clock)]);
  byId('sales').dataset['state'] = sales.length > 0 ? 'listed' : 'empty';
  say(byId('status'), sales.length > 0 ? '' : texts().listEmpty);
  const whereabouts = where.ok ? where.value : undefined;
  const updates = inOrder(sales, whereabouts, clock.now()).map((sale) =>
    entryOf(sale, whereabouts),
  );
  const update = () => {
    for (const run of updates) run();
  };
  update();
  setInterval(update, 1000);
}

/** The sales, waiting out a bad connection; none where there is no list yet. */
async function salesThere(): Promise<readonly Sale[]> {
  for (;;) {
    const answer = await fetchSales();
    if (answer.ok) return answer.value.sales;
    if (!isPassing(answer.problem)) return [];
    await pause(jittered(RETRY_MS));
  }
}
