/** @module Debian's Chromium, driven by playwright-core. */

import { accessSync, constants } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

/** Quiet and offline: nothing but the pages under test is fetched. */
const FLAGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/**
 * Starts Chromium from `CHROMIUM_PATH`, or from where Debian's package puts it.
 *
 * @throws {Error} naming the package, when it is not there
 */
export function launchChromium(
  executablePath = process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium',
): Promise<Browser> {
  try {
    accessSync(executablePath, constants.X_OK);
  } catch (cause) {
    throw new Error(
      `Cannot start Chromium: "${executablePath}" is not there; install Debian's package "chromium" (apt-get install -y chromium), or set CHROMIUM_PATH`,
      { cause },
    );
  }
  return chromium.launch({ executablePath, args: FLAGS });
}
