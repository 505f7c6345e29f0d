/** @module What a command prints: text for people, or one JSON object for scripts. */

import { Option } from 'commander';

export type Output = { readonly json?: true };

export const jsonOption = () => new Option('--json', 'print one JSON object');

/** Prints a result. */
export function print(output: Output, value: unknown, text: string): void {
  console.log(output.json ? JSON.stringify(value) : text);
}
