/**
 * @module
 * A screen that is drawn over and over, on the terminal's second page: what was on the terminal before is there again
 * after it, however the command ends.
 */

import type { WriteStream } from 'node:tty';

export type Screen = {
  /** Draws lines from the top; those for which there is no room are left out. */
  draw(lines: readonly string[]): void;
  /** Gives the terminal back. Repeatable. */
  close(): void;
};

const ENTER = '\x1b[?1049h\x1b[?25l';
const LEAVE = '\x1b[?25h\x1b[?1049l';
const HOME = '\x1b[H';
/** What a longer line, or a longer screen, has left there. Before a line: behind a full one it would take its last sign. */
const CLEAR_LINE = '\x1b[K';
const CLEAR_BELOW = '\x1b[J';

export function openScreen(out: Pick<WriteStream, 'write' | 'rows'>): Screen {
  let isOpen = true;
  const close = () => {
    if (!isOpen) return;
    isOpen = false;
    process.off('exit', close);
    out.write(LEAVE);
  };
  // A terminal without its cursor is worse than no figures: an error that nobody catches ends here too.
  process.once('exit', close);
  out.write(ENTER);
  return {
    draw(lines) {
      if (!isOpen) return;
      const shown = lines.slice(0, Math.max(1, out.rows - 1));
      // One write: a terminal that shows half of it flickers.
      out.write(HOME + shown.map((line) => `${CLEAR_LINE}${line}\n`).join('') + CLEAR_BELOW);
    },
    close,
  };
}
