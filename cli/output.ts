/** @module What a command prints: text for people, or one JSON object for scripts. */

import { Option } from 'commander';

export type Output = { readonly json?: true };

/** @param what it prints @default - one object */
export const jsonOption = (what = 'print one JSON object') => new Option('--json', what);

/** Prints a result. */
export function print(output: Output, value: unknown, text: string): void {
  console.log(output.json ? JSON.stringify(value) : text);
}
