/** @module A half-filled form outlives a reload and a sign-in that has ended: it is kept for this tab, until it is done. */

import { inTab } from '../storage.ts';

const nameOf = (key: string): string => `flash-sale.form.${key}`;

/** What was typed before, or nothing. */
export function keptForm<T>(key: string): T | undefined {
  const kept = inTab.get(nameOf(key));
  return kept ? (JSON.parse(kept) as T) : undefined;
}

export const keepForm = (key: string, values: unknown): void =>
  inTab.set(nameOf(key), JSON.stringify(values));

export const forgetForm = (key: string): void => inTab.set(nameOf(key), '');
