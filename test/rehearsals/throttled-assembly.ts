/** @module The app with tighter limits than `lib/config.ts` has for a stage on one machine. */

import { cpSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Throttle } from '../../capacity/sizes.ts';

const TEMPLATE = 'FlashSale-dev-Service.template.json';

type Plan = {
  readonly Type: string;
  readonly Properties: {
    readonly ApiStages?: readonly { readonly Throttle: Record<string, object> }[];
    Throttle: object;
    ReservedConcurrentExecutions?: number;
  };
};

/** Other limits than the stage has. */
export type Tighter = {
  /** Of the usage plan for buys. */
  readonly buy?: Throttle;
  /** Of the usage plan for pages and orders. */
  readonly browse?: Throttle;
  /** Environments kept for the buy function. */
  readonly environments?: number;
};

/** A copy of `cdk.out` with a throttle of its own, in a temporary folder. @returns the folder */
export const throttledAssembly = (buy: Throttle): string => tighterAssembly({ buy });

/** A copy of `cdk.out` with limits of its own, in a temporary folder. @returns the folder */
export function tighterAssembly({ buy, browse, environments }: Tighter): string {
  const folder = mkdtempSync(join(tmpdir(), 'flash-sale-'));
  cpSync('cdk.out', folder, { recursive: true });
  const path = join(folder, TEMPLATE);
  const template = JSON.parse(readFileSync(path, 'utf8')) as {
    readonly Resources: Readonly<Record<string, Plan>>;
  };
  for (const [id, { Type, Properties }] of Object.entries(template.Resources)) {
    if (Type === 'AWS::ApiGateway::UsagePlan') throttle(Properties, { buy, browse });
    if (id.startsWith('RequestsBuyFunction') && environments !== undefined) {
      Properties.ReservedConcurrentExecutions = environments;
    }
  }
  writeFileSync(path, JSON.stringify(template));
  return folder;
}

/** The plan for buys is the one that says something of their path, the plan for pages says so of sessions. */
function throttle(
  plan: Plan['Properties'],
  { buy, browse }: { buy: Throttle | undefined; browse: Throttle | undefined },
): void {
  const [stage] = plan.ApiStages ?? [];
  const methods = Object.keys(stage?.Throttle ?? {});
  const of = (part: string) => methods.find((method) => method.includes(part));
  const method = of('/orders') ?? of('/session');
  const wanted = of('/orders') === undefined ? browse : buy;
  if (stage === undefined || method === undefined || wanted === undefined) return;
  const { rateLimit: RateLimit, burstLimit: BurstLimit } = wanted;
  stage.Throttle[method] = { RateLimit, BurstLimit };
  plan.Throttle = { RateLimit, BurstLimit };
}
