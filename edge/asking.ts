/** @module A shopper who asks for something in a sale. */

import type { GateEvent } from './event.ts';
import type { Session } from './session.ts';
import type { SaleEntry } from './store.ts';

export type Asking = {
  readonly event: GateEvent;
  readonly saleId: string;
  readonly entry: SaleEntry;
  readonly session: Session;
  readonly nowMs: number;
};
