import { describe, expect, test } from '@jest/globals';
import { launchChromium } from './chromium.ts';

describe('launchChromium()', () => {
  test('names the package, when there is no Chromium', () => {
    expect(() => launchChromium('/nowhere/chromium')).toThrow(/"\/nowhere\/chromium".*"chromium"/);
  });
});
