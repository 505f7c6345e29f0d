/** @module The headers of a request. */

import type { GateRequest } from './event.ts';

/** A header's value, or nothing but an empty text. */
export function header(request: GateRequest, name: string): string {
  const found = request.headers[name];
  return found ? found.value : '';
}
