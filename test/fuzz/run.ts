/** @module One run: both sides of the gate at once, each with a desk that looks at every answer, then the aftermath. */

import { fileURLToPath } from 'node:url';
import { operations } from '../support/openapi-document.ts';
import { aftermathOf } from './aftermath.ts';
import type { Brief, Count, Finding, Side } from './brief.ts';
import { openDesk, toSite } from './desk.ts';
import { generate } from './generator.ts';
import { ledger } from './granted.ts';
import { isHeldAround, isHeldAtSite } from './held.ts';
import { apiKeysOf, secretsOf, toApi } from './keys.ts';
import type { FuzzScene } from './scene.ts';
import { labelOf, tooThrottled, unseenSuccesses } from './seen.ts';

const DOCUMENT = fileURLToPath(new URL('../../docs/openapi.yaml', import.meta.url));

/** The gate has more to say than the API behind it. */
const SHARES: Readonly<Record<Side, number>> = { site: 0.65, around: 0.35 };

/** What the gate alone answers, and the site bucket: the API has nothing there. */
const GATE_ONLY = /^GET \/(sales\/.*)?$|\/api\/(time|where)$|\/(challenge|ticket)$/;

export type Options = {
  readonly requests: number;
  readonly seed: number;
  /** What an operation must have in its `METHOD /path`. */
  readonly only: string;
};

export type Result = {
  readonly sides: readonly {
    readonly side: Side;
    readonly labels: readonly string[];
    readonly count: Count;
  }[];
  readonly findings: readonly Finding[];
  /** What is wrong with the whole, and with what is left. */
  readonly wrong: readonly string[];
};

/** @param python one that has schemathesis */
export async function fuzz(python: string, scene: FuzzScene, options: Options): Promise<Result> {
  const { stack } = scene.local;
  const keys = await apiKeysOf(scene);
  const secrets = await secretsOf(scene, keys);
  const { granted, note } = ledger(() => stack.clock.now());
  const site = toSite(stack.siteUrl);
  const desks = {
    site: await openDesk({ onward: site.onward, isHeld: isHeldAtSite, secrets, note }),
    around: await openDesk({ onward: toApi(scene, keys), isHeld: isHeldAround, secrets, note }),
  };
  const findings: Finding[] = [];
  try {
    const sides = await Promise.all(
      (['site', 'around'] as const).map(async (side) => {
        const labels = labelsOf(side);
        const tried = labels.filter((label) => label.includes(options.only));
        const brief = await briefOf(scene, options, side, { labels, bases: desks });
        return {
          side,
          labels: tried,
          count: await generate(python, brief, (one) => findings.push(one)),
        };
      }),
    );
    const wrong = await aftermathOf(scene, secrets, granted);
    return { sides, findings, wrong: [...sides.flatMap(untried), ...wrong] };
  } finally {
    await Promise.all([desks.site.close(), desks.around.close()]);
    site.close();
  }
}

const untried = ({ labels, count }: Result['sides'][number]): string[] => [
  ...unseenSuccesses(labels, count),
  ...tooThrottled(count),
];

/** Operators come with a token, and fifty a second: a flood says nothing of them that their plan does not say first. */
const OPERATORS = / \/api\/operator\//;

const labelsOf = (side: Side): string[] =>
  operations()
    .map(labelOf)
    .filter((label) => !OPERATORS.test(label))
    .filter((label) => side === 'site' || !GATE_ONLY.test(label));

type Places = {
  readonly labels: readonly string[];
  readonly bases: Readonly<Record<Side, { readonly url: string }>>;
};

async function briefOf(
  { local: { stack, deployment }, fuzzed, idTokens, expired }: FuzzScene,
  { requests, seed, only }: Options,
  side: Side,
  { labels, bases }: Places,
): Promise<Brief> {
  const { key = '' } = await deployment.paymentKeys();
  return {
    ...{ side, seed, only, document: DOCUMENT, operations: labels },
    ...{ base: new URL(bases[side].url).host, site: new URL(stack.siteUrl).host },
    requests: Math.round(requests * SHARES[side]),
    aheadMs: stack.clock.now() - Date.now(),
    ...{ sales: fuzzed, paymentKey: key, idTokens, expired },
  };
}
