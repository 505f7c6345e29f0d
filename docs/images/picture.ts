/** @module All of a page as WebP, which Playwright itself does not write. */

import type { Page } from 'playwright-core';

/** Of 100: as good as the eye can tell on plain surfaces. */
const QUALITY = 85;

export async function pictureOf(page: Page): Promise<Buffer> {
  // Beside everything that changes its look under a pointer.
  await page.mouse.move(0, 0);
  const height = Number(await page.evaluate('document.documentElement.scrollHeight'));
  const { width = 0 } = page.viewportSize() ?? {};
  await page.setViewportSize({ width, height });
  const devtools = await page.context().newCDPSession(page);
  const { data } = await devtools.send('Page.captureScreenshot', { format: 'webp', quality: QUALITY });
  return Buffer.from(data, 'base64');
}
