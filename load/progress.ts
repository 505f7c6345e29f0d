/** @module Progress while a rehearsal runs: one line that changes on a terminal, a line now and then elsewhere. */

import type { Progress } from './crowd.ts';
import { progressText } from './text.ts';

/** Where nobody watches a line change, every 2 s is often enough. */
const LINE_EVERY_MS = 2_000;

/** What of a stream is needed. */
export type Screen = {
  readonly isTTY?: boolean;
  write(text: string): unknown;
};

export type ProgressPrinter = {
  show(progress: Progress): void;
  /** Says something of its own. */
  say(text: string): void;
  /** Ends the line that changes. */
  end(): void;
};

/** @param now In ms. */
export function progressOn(
  screen: Screen,
  now: () => number = () => performance.now(),
): ProgressPrinter {
  let shownAt = Number.NEGATIVE_INFINITY;
  let lastAct: string | undefined;
  let isOpen = false;
  const end = () => {
    if (isOpen) screen.write('\n');
    isOpen = false;
  };
  return {
    show(progress) {
      if (screen.isTTY) {
        // Back to the start of the line, and away with what stood there.
        screen.write(`\r\x1b[2K${progressText(progress)}`);
        isOpen = true;
        return;
      }
      const isNew = progress.act !== lastAct;
      if (!isNew && now() - shownAt < LINE_EVERY_MS) return;
      shownAt = now();
      lastAct = progress.act;
      screen.write(`${progressText(progress)}\n`);
    },
    say(text) {
      end();
      screen.write(`${text}\n`);
    },
    end,
  };
}
