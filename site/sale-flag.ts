/** @module `sale.js`: published at the opening, it says that the sale has started and carries the door key. */

import { fetchFlag } from './api.ts';
import { jittered, sleep } from './waiting.ts';

export type SaleFlag = {
  readonly saleStarted: boolean;
  readonly doorKey?: string;
  readonly version?: number;
};

export type Door = { readonly key: string; readonly version: number };

const FORM = /^\s*window\.flashSale\s*=\s*(\{[\s\S]*\})\s*;?\s*$/;

/** How long after a closed flag the next look is; closed flags are cached for about as long. */
const LOOK_AGAIN_MS = 1000;

/** Reads `window.flashSale={…};` as data, without running it. */
export function parseFlag(text: string): SaleFlag | undefined {
  const json = FORM.exec(text)?.[1];
  if (json === undefined) return undefined;
  try {
    return JSON.parse(json) as SaleFlag;
  } catch {
    return undefined;
  }
}

/** Looks until the sale has started, or nothing when there is no more point in looking. */
export async function findDoor(
  saleId: string,
  version: number,
  isOver: () => boolean,
): Promise<Door | undefined> {
  while (!isOver()) {
    const answer = await fetchFlag(saleId, version);
    const flag = answer.ok ? parseFlag(answer.value) : undefined;
    if (flag?.saleStarted && flag.doorKey) {
      return { key: flag.doorKey, version: flag.version ?? version };
    }
    await sleep(jittered(LOOK_AGAIN_MS));
  }
  return undefined;
}
