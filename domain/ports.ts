/** @module What the domain needs of the outside world. Every implementation keeps what is promised here. */

import type { Draft } from './draft.ts';
import type { DomainEvent } from './events.ts';
import type { ItemKey } from './items.ts';
import type { Message, SweepMessage } from './messages.ts';
import type { OrderRecord } from './order-record.ts';
import type { Refund } from './process.ts';
import type { StockedProduct } from './product.ts';
import type { Reconciliation } from './reconciliation.ts';
import type { RefundEntry } from './refund-list.ts';
import type { PublishedSale } from './sale.ts';
import type { StatementLine } from './statement.ts';
import type { EpochMs } from './units.ts';
import type { Attributes, Key, Write, WriteAnswer } from './write.ts';

/** Now. */
export type Clock = () => EpochMs;

/** The items of the three tables. */
export interface Store {
  /** Does one write if its condition holds. Atomic; a refusal brings the item that refused. */
  write(write: Write): Promise<WriteAnswer>;
  /**
   * Reads items, strongly consistent, in the order of the keys. Each item is read at an instant between call and
   * answer; the instants differ.
   */
  read(keys: readonly Key[]): Promise<readonly (Attributes | undefined)[]>;
}

/** All that the catalogue holds of a kind. It is small; each of these reads it whole. */
export interface Catalogue {
  /** Published sales, the one that opens first first. */
  sales(): Promise<readonly PublishedSale[]>;
  /** Products by SKU. */
  products(): Promise<readonly StockedProduct[]>;
  /** Drafts by the sale's opening. */
  drafts(): Promise<readonly Draft[]>;
}

/** The queue that changes of orders travel on. */
export interface OrderQueue {
  /** Sends a message; it is delivered at least once, in any order. @throws when it may not have been sent */
  send(message: Message): Promise<void>;
}

/** The queue of ranges that the sweep has still to look at. */
export interface SweepQueue {
  /** Sends all of them. @throws when some may not have been sent */
  send(messages: readonly SweepMessage[]): Promise<void>;
}

/** The order records of an item. */
export interface OrderRecords {
  /** Records in the state RESERVED, in any order. Reads every record of the item. */
  reserved(item: ItemKey): AsyncIterable<OrderRecord>;
}

/** Who a shopper is in a sale, without saying who: a keyed hash. */
export interface BuyerKeys {
  /** 10 bytes of HMAC-SHA256(sale's salt, shopper id and SKU), as 14 base64url characters. */
  of(sale: PublishedSale, shopper: string, sku: string): string;
}

/** Domain events, for whoever listens. */
export interface EventBus {
  /** Publishes all of them, at least once. @throws when some may not have been published */
  publish(events: readonly DomainEvent[]): Promise<void>;
}

/** The payment provider's side of our money. */
export interface PaymentProvider {
  /** Gives money back. Idempotent by payment. @throws when it may not have happened */
  refund(refund: Refund): Promise<void>;
}

/** What the payment provider says happened to our money. */
export interface ProviderStatement {
  /**
   * Payments and refunds at or after `from` and before `to`, page by page, earliest first. What happened a moment ago may
   * be missing yet.
   *
   * @throws where the provider does not answer, or answers what cannot be read
   */
  statement(from: EpochMs, to: EpochMs): AsyncIterable<readonly StatementLine[]>;
}

/** All order records of an item. */
export interface OrderBooks {
  /** Every record, page by page, in any order, strongly consistent. */
  of(item: ItemKey): AsyncIterable<readonly OrderRecord[]>;
}

/** The payments of a sale that wait for an operator before they go back. */
export interface RefundList {
  /** Every entry of the sale, those that went back too; strongly consistent. */
  of(saleId: string): Promise<readonly RefundEntry[]>;
}

/** Where reconciliations are kept. */
export interface Reports {
  /** Puts a report where it stays, then where the latest is found. Repeatable. @returns where it stays */
  put(report: Reconciliation): Promise<string>;
}

/** What the gate knows at the edge. It takes up to half a minute to spread. */
export interface EdgeStore {
  /** Makes a sale known to the gate, with the keys and settings that it needs. Repeatable. */
  putSale(sale: PublishedSale): Promise<void>;
  /** Tells the gate what a sale that it knows is like now. Leaves keys alone, which may be rotating. Repeatable. */
  changeSale(sale: PublishedSale): Promise<void>;
  /** Whether the gate has been told to draw the slots from exactly this sale's seed and public value. */
  isDrawn(sale: PublishedSale): Promise<boolean>;
}

/** The files that shoppers load. */
export interface Site {
  /** Puts a sale's catalogue data, its closed `sale.js`, and its line in the list of sales. Repeatable. */
  putSale(sale: PublishedSale): Promise<void>;
  /** Puts what is public of a sale's slots: the seed's hash, and after the closing the seed. Repeatable. */
  putSlots(sale: PublishedSale): Promise<void>;
}

/** What is done at an instant: warming up, opening, sweeps, closing, cooling down, reconciliation. */
export interface SaleSchedules {
  /** Creates the schedules of a sale, or leaves those that are there. */
  create(sale: PublishedSale): Promise<void>;
  /** The same for those alone that go by its closing: each closing has its own, and what is due already comes at once. */
  createEnd(sale: PublishedSale): Promise<void>;
}
