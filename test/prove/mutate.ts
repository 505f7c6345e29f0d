/**
 * @module
 * Breaks the source of this very process: loaded before anything else (`node --import`), it changes the text of modules
 * as they are read. No file is touched.
 */

import { registerHooks } from 'node:module';
import { mutationNamed } from './mutations.ts';

const { edits } = mutationNamed(process.env['MUTATION'] ?? '');

registerHooks({
  load(url, context, nextLoad) {
    const loaded = nextLoad(url, context);
    let source = loaded.source;
    for (const { file, from, to } of edits) {
      if (!url.endsWith(`/${file}`)) continue;
      const parts = String(source).split(from);
      if (parts.length !== 2) {
        throw new Error(
          `Cannot break ${file}: found ${parts.length - 1} times, not once:\n${from}`,
        );
      }
      source = parts.join(to);
    }
    return { ...loaded, source };
  },
});
