/** @module What the API answers, as far as this page looks at it. Times are epoch ms, money is in minor units. */

export type Phase = 'scheduled' | 'open' | 'paused' | 'closed';

export type ListedSale = {
  readonly id: string;
  readonly title: string;
  readonly timeZone: string;
  readonly opensAtEpochMs: number;
  readonly closesAtEpochMs: number;
  readonly paused: boolean;
  readonly items: number;
};

export type SaleItem = {
  readonly sku: string;
  readonly name: string;
  readonly units: number | null;
  readonly forSale: number | null;
  readonly held: number | null;
  readonly paid: number | null;
  readonly returns: number;
  readonly soldOut: boolean;
  readonly isPaidBehind: boolean;
  readonly asOfEpochMs?: number;
  readonly priceMinor: number;
  readonly grants: number;
};

export type Sale = Omit<ListedSale, 'items'> & {
  readonly phase: Phase;
  readonly nowEpochMs: number;
  readonly currency: string;
  readonly slotsFromEpochMs?: number;
  readonly items: readonly SaleItem[];
};

export type SaleEvent = {
  readonly type: string;
  readonly atEpochMs: number;
  readonly detail: Readonly<Record<string, string | number>>;
};

export type Audit = {
  readonly promises: readonly {
    readonly name: string;
    readonly verdict: 'kept' | 'broken' | 'not-judged';
    readonly findings: readonly { readonly id: string; readonly what: string }[];
  }[];
};

export type Refund = {
  readonly payment: string;
  readonly orderId: string;
  readonly reason: string;
  readonly amountMinor: number;
  readonly currency: string;
  readonly paidAtEpochMs: number;
  readonly refundedAtEpochMs?: number;
};

export type Report = {
  readonly at: number;
  readonly currency: string;
  readonly totals: Readonly<
    Record<'paid' | 'refunded' | 'net' | 'expected' | 'difference', number>
  >;
  readonly needsAction: number;
  readonly findings: readonly {
    readonly kind: string;
    readonly action: string;
    readonly orderId?: string;
    readonly payment?: string;
    readonly amount?: number;
    readonly outcome?: string;
  }[];
};

export type Product = {
  readonly sku: string;
  readonly name: string;
  readonly price: number;
  readonly currency: string;
  readonly total: number | 'unlimited';
  readonly image?: string;
  readonly provider?: { readonly name: string; readonly reference: string };
  readonly allocated: number;
  readonly free: number | 'unlimited';
};

export type ImportReport = {
  readonly added: number;
  readonly changed: number;
  readonly unchanged: number;
  readonly refused: number;
  readonly rows: readonly {
    readonly line: number;
    readonly sku?: string;
    readonly fate: string;
    readonly faults?: readonly { readonly path: string; readonly rule: string }[];
  }[];
};

/** An item that is made of a product; others stand in a draft as its file had them. */
export type DraftItem = {
  readonly product?: string;
  readonly sku?: string;
  readonly name?: string;
  readonly units: number | 'unlimited';
  readonly limit: number;
};

/** A sale as its file has it. What the form does not show stays as it is. */
export type SaleFile = {
  readonly id: string;
  readonly title: string;
  readonly opensAt: string;
  readonly closesAt: string;
  readonly timeZone: string;
  readonly currency: string;
  readonly paymentWindowSeconds?: number;
  readonly refunds?: string;
  readonly afterExpiry?: string;
  readonly admission?: { readonly expectedShoppers?: number; readonly perSecond?: number };
  readonly items: readonly DraftItem[];
};

export type Draft = { readonly version: number; readonly sale: SaleFile };

export type ListedDraft = {
  readonly id: string;
  readonly title: string;
  readonly version: number;
  readonly changedAtEpochMs: number;
  readonly opensAtEpochMs: number;
  readonly timeZone: string;
  readonly items: number;
};

export type LogEntry = {
  readonly id: string;
  readonly atEpochMs: number;
  readonly name: string;
  readonly from: string;
  readonly what: string;
  readonly saleId?: string;
  readonly detail?: Readonly<Record<string, unknown>>;
  readonly outcome?: string;
};
