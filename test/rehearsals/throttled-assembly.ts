/** @module The app with another throttle of the buy path than `lib/config.ts` has for a stage on one machine. */

import { cpSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Throttle } from '../../capacity/sizes.ts';

const TEMPLATE = 'FlashSale-dev-Service.template.json';

type Plan = {
  readonly Type: string;
  readonly Properties: {
    readonly ApiStages: readonly { readonly Throttle: Record<string, object> }[];
    Throttle: object;
  };
};

/** A copy of `cdk.out` with a throttle of its own, in a temporary folder. @returns the folder */
export function throttledAssembly({ rateLimit, burstLimit }: Throttle): string {
  const folder = mkdtempSync(join(tmpdir(), 'flash-sale-'));
  cpSync('cdk.out', folder, { recursive: true });
  const path = join(folder, TEMPLATE);
  const template = JSON.parse(readFileSync(path, 'utf8')) as {
    readonly Resources: Readonly<Record<string, Plan>>;
  };
  const throttle = { RateLimit: rateLimit, BurstLimit: burstLimit };
  for (const { Type, Properties } of Object.values(template.Resources)) {
    const [stage] = Type === 'AWS::ApiGateway::UsagePlan' ? Properties.ApiStages : [];
    const buy = Object.keys(stage?.Throttle ?? {}).find((method) => method.includes('/orders'));
    if (stage === undefined || buy === undefined) continue;
    stage.Throttle[buy] = throttle;
    Properties.Throttle = throttle;
  }
  writeFileSync(path, JSON.stringify(template));
  return folder;
}
