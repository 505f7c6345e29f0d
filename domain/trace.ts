/**
 * @module
 * What a press of Buy showed of its buyer's machine and network: enough to see that buyers have something in common,
 * too little to say who they are. Personal data: it stands on the claim and is erased with it.
 */

/** What was shown; nothing is required, and nothing of it is proof. */
export type Trace = {
  /** Keyed hash of the /24 (IPv4) or /48 (IPv6) network: 12 characters. */
  readonly network?: string;
  /** Keyed hash of what the page drew once in this browser: 12 characters. */
  readonly device?: string;
  /** JA4 fingerprint of the TLS client, as CloudFront says it: 36 characters. It is of a kind of client, not of one. */
  readonly ja4?: string;
  /** Keyed hash of the user agent: 8 characters. */
  readonly agent?: string;
  /** ISO 3166-1 alpha-2. */
  readonly country?: string;
};
