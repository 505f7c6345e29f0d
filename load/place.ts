/** @module Where a rehearsal takes place: what it needs to see and to move of a stack that runs on this machine. */

import type { Verdict } from '../domain/audit.ts';
import type { ShopperAnswer } from '../domain/audit-answers.ts';
import type { PublishedSale } from '../domain/sale.ts';
import type { CallLog } from '../local/calls.ts';
import type { LocalStack } from '../local/stack.ts';

/** A stack with one published sale. `cli/local-sale.ts` starts one. */
export type Place = {
  readonly stack: Pick<LocalStack, 'siteUrl' | 'clock' | 'requests' | 'settle'> & {
    readonly calls: Pick<CallLog, 'snapshot' | 'since'>;
  };
  readonly sale: PublishedSale;
  audit(answers?: readonly ShopperAnswer[], crashed?: boolean): Promise<Verdict>;
  /** Adds units to the sale's first item. */
  restock(units: number): Promise<unknown>;
  stop(): Promise<void>;
};
