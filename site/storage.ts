/** @module What the browser keeps. One that keeps nothing, because storage is full or forbidden, is asked in vain. */

type Kept = {
  get(key: string): string | null;
  set(key: string, value: string): void;
};

const keptIn = (area: () => Storage): Kept => ({
  get(key) {
    try {
      return area().getItem(key);
    } catch {
      return null;
    }
  },
  set(key, value) {
    try {
      area().setItem(key, value);
    } catch {
      // The shop knows orders and sessions; what is kept here only saves the shopper a step.
    }
  },
});

/** Kept for the next visit, and seen by all tabs. */
export const lasting = keptIn(() => localStorage);

/** Kept for this tab, over reloads. */
export const inTab = keptIn(() => sessionStorage);
