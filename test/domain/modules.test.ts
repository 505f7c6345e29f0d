import { readdirSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';

const FOLDER = new URL('../../domain/', import.meta.url);

describe('domain/', () => {
  test('loads without AWS, without a network and without an environment', async () => {
    const names = readdirSync(FOLDER).filter((name) => name.endsWith('.ts'));
    expect(names.length).toBeGreaterThan(40);
    for (const name of names) {
      const module: unknown = await import(new URL(name, FOLDER).href);
      expect(module).toBeDefined();
    }
  });
});
