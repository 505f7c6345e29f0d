/** @module Why a sale can be neither paused nor resumed. */

import type { PauseOutcome } from '../domain/pause.ts';

const WHY: Readonly<Record<Exclude<PauseOutcome['kind'], 'paused'>, string>> = {
  'unknown-sale': 'there is no such sale',
  closed: 'it is over',
  unfinished: 'its publishing has stopped half way; publish it again first',
};

export const impossibleOn = (verb: string, saleId: string, why: keyof typeof WHY): Error =>
  new Error(`Cannot ${verb} "${saleId}": ${WHY[why]}`);
