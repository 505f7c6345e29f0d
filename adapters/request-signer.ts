/** @module Signs requests with SigV4, as the SDK does, without doing again for each what is always the same. */

import { SignatureV4 } from '@smithy/signature-v4';
import type { DateInput, HashConstructor, RequestSigner } from '@smithy/types';
import { credentials, region } from './env.ts';
import { Sha256 } from './sha256.ts';

/** A signer for a service, with what stands in the environment. @throws {Error} naming the variable that is not set */
export const requestSigner = (service: string): RequestSigner =>
  new Signer({
    credentials: credentials(),
    region: region(),
    service,
    sha256: Sha256 as HashConstructor,
    // Services that speak JSON have one path, `/`, which escaped is itself.
    uriEscapePath: false,
  });

class Signer extends SignatureV4 {
  #second = Number.NaN;
  #date = { longDate: '', shortDate: '' };

  /** A signature's date is exact to the second. */
  protected override formatDate(now: DateInput): { longDate: string; shortDate: string } {
    const second = Math.floor(Number(now) / 1000);
    if (second === this.#second) return this.#date;
    this.#second = second;
    this.#date = super.formatDate(now);
    return this.#date;
  }
}
