/** @module Our own stacks with the web ACL on and limits that a test reaches, synthesised into a folder. */

import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import { WAF_ON } from '../../lib/config.ts';
import { flashSale } from '../../lib/flash-sale.ts';
import { stageFrom } from '../../lib/stage.ts';

/** Requests a minute: of an address, and of a session cookie. */
export const PER_ADDRESS = 20;
export const PER_SHOPPER = 10;

export const ALLOWED = '198.51.100.7';
export const BLOCKED = '203.0.113.7';

const RATE = { perAddress: PER_ADDRESS, perShopper: PER_SHOPPER, windowSeconds: 60 } as const;

/** What `cdk synth -c waf=on -c region=us-east-1` writes, but for the numbers and the lists. */
export function wafAssembly(): { readonly folder: string; remove(): void } {
  const folder = mkdtempSync(join(tmpdir(), 'waf-'));
  const cdkJson = new URL('../../cdk.json', import.meta.url);
  const { context } = JSON.parse(readFileSync(cdkJson, 'utf8')) as { context: object };
  const settings: Readonly<Record<string, string>> = { waf: 'on', region: 'us-east-1' };
  const app = new App({
    context: { ...context },
    outdir: folder,
    builtinCloudFormationValidation: false,
    treeMetadata: false,
  });
  flashSale(app, {
    ...stageFrom((key) => settings[key]),
    waf: {
      ...WAF_ON,
      rates: { session: RATE, ticket: RATE, buy: RATE },
      allow: [`${ALLOWED}/32`],
      block: [`${BLOCKED}/32`],
      prove: 'challenge',
    },
  });
  app.synth();
  return { folder, remove: () => rmSync(folder, { recursive: true }) };
}
