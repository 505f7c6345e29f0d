/** @module What a plan suggests: for the sale file, for the tables, for the stack, and for another cut of the sale. */

import type { Plan } from '../capacity/plan.ts';
import type { Report } from '../capacity/report.ts';
import { UNITS_PER_SHARD } from '../domain/grant.ts';
import { MOST_SHARDS_TO_SCAN } from '../domain/sold-out.ts';
import { figure, time } from './plan-words.ts';

export function adviceLines({ plan, admission }: Report): string[] {
  const { expectedShoppers, perSecond, slotSeconds, warmWrites } = admission;
  const fits =
    perSecond === plan.perSecond
      ? 'The account takes this rate as it is.'
      : `The account as it is takes ${figure(perSecond)} a second, with slots over ${time(slotSeconds)}; for more, ask for what is named above.`;
  return [
    `${fits} Suggested for the sale file:`,
    `  "admission": { "expectedShoppers": ${expectedShoppers}, "perSecond": ${perSecond} }`,
    `and for the stock table, once it is published: warm throughput of ${figure(warmWrites)} write units a second (\`warm\`)`,
    ...splitLines(admission),
    ...apartLines(plan),
  ];
}

/** Usage plans that are cut for sales with few winners, and this one has many. */
function splitLines({ split }: Report['admission']): string[] {
  if (split === undefined) return [];
  const { perSecond, buyRate, browseRate } = split;
  return [
    `The same account takes ${figure(perSecond)} a second with a buyThrottle of ${figure(buyRate)} and a browseThrottle of ${figure(browseRate)} (capacity/sizes.ts, and a deployment)`,
  ];
}

/** Only sweeps may say that so many shards are empty. */
function apartLines({ units, shards }: Plan): string[] {
  if (shards <= MOST_SHARDS_TO_SCAN) return [];
  const sales = Math.ceil(units / (MOST_SHARDS_TO_SCAN * UNITS_PER_SHARD));
  return [
    `Above ${figure(MOST_SHARDS_TO_SCAN)} shards only sweeps say "sold out": ${sales} sales of ${figure(units / sales)} units, one after the other, keep fewer waiting`,
  ];
}
