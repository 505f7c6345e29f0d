/** @module An operator at a terminal: what commands print is heard. */

import { saleCommands } from '../stack/sale-command.ts';
import type { Scene } from '../stack/scene.ts';
import type { Ears } from './leak-search.ts';

export function startOperator(scene: Scene, ears: Ears) {
  const { sale, close } = saleCommands(scene);
  return {
    async run(...words: readonly string[]): Promise<void> {
      const { out, err } = await sale(...words);
      ears.hear('command', words.join(' '), `${out}\n${err}`);
    },
    end: close,
  };
}
