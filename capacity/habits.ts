/** @module What a crowd does, as far as it decides what is used. Assumptions; `docs/capacity.md` says where from. */

export type Habits = {
  /** Share of the crowd that is there when the sale opens. The rest comes later, fewer and fewer. */
  readonly present: number;
  /** Mean time, in seconds, by which the rest is late. */
  readonly lateness: number;
  /**
   * Share that presses Buy on arrival, before its slot: the page does not let anybody, scripts do. 1 is the worst case.
   */
  readonly early: number;
  /** Seconds between two looks at the sale's status, of a page that somebody looks at. */
  readonly lookEvery: number;
  /** How long somebody looks at the page, in seconds, counted from the opening or from arrival. */
  readonly staysFor: number;
  /** Looks at the sale's status before the opening, of somebody who is there when it opens. */
  readonly looksBefore: number;
  /** Requests at the edge that load a page, and what they weigh in bytes, compressed. */
  readonly pageRequests: number;
  readonly pageBytes: number;
  /** Requests at the edge that get a shopper in: the time, a session, a challenge, a ticket. */
  readonly doorRequests: number;
  /** Bytes of one answer that is no file. */
  readonly answerBytes: number;
  /** Seconds between two looks at an order that is not paid, of a page that somebody looks at. */
  readonly orderLookEvery: number;
  /** Mean time, in seconds, that somebody looks at it before leaving for the payment provider, or for good. */
  readonly orderStays: number;
  /** Requests of somebody who pays: the checkout, the provider's word, and looks at the order until it has come. */
  readonly payRequests: number;
  /** Share of orders that are paid. */
  readonly pays: number;
  /** Mean time from order to payment, in seconds. */
  readonly paysAfter: number;
  /** Share of refused tries after which a shopper gives up; the page tries 40 times. */
  readonly givesUp: number;
  /** Share of those who were told "sold out" who press again when units come back. */
  readonly comesBack: number;
};

/** Unless somebody knows better. */
export const USUAL: Habits = {
  present: 0.3,
  lateness: 60,
  early: 1,
  lookEvery: 3.75,
  staysFor: 60,
  looksBefore: 20,
  pageRequests: 6,
  pageBytes: 30_000,
  doorRequests: 6,
  answerBytes: 800,
  orderLookEvery: 12.5,
  orderStays: 30,
  payRequests: 5,
  pays: 0.8,
  paysAfter: 120,
  givesUp: 1 / 40,
  comesBack: 0.05,
};
