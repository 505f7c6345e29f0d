/** @module The stacks of one stage, and the security rules that they are held to. */

import { type App, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks, ServerlessChecks } from 'cdk-nag';
import { DataStack } from './data-stack.ts';
import { EdgeStack } from './edge-stack.ts';
import { globalOf } from './global-stack.ts';
import { ServiceStack } from './service-stack.ts';
import type { Stage } from './stage.ts';

export interface FlashSaleOptions {
  /**
   * Whether a deployment uploads the site. Emulators hang on the upload's custom resource: they go without.
   *
   * @default - true
   */
  readonly site?: boolean;
}

/** Creates the stacks in the order in which they need each other, by lifetime: data, service, edge. */
export function flashSale(app: App, stage: Stage, { site = true }: FlashSaleOptions = {}) {
  const name = `FlashSale-${stage.name}`;
  const region = stage.region === 'at-deploy' ? {} : { env: { region: stage.region } };
  const shared = { stage, ...region };
  const data = new DataStack(app, `${name}-Data`, shared);
  const service = new ServiceStack(app, `${name}-Service`, { ...shared, data });
  const global = globalOf(app, `${name}-Global`, stage);
  const edge = new EdgeStack(app, `${name}-Edge`, { ...shared, data, service, global, site });
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app), new ServerlessChecks(app));
  return { data, service, edge };
}
