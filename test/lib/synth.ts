/** @module Synthesises the stacks of a stage once for all tests of a file, as `cdk synth` does. */

import { readFileSync } from 'node:fs';
import { App, type AppProps } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { type FlashSaleOptions, flashSale } from '../../lib/flash-sale.ts';
import { type Stage, stageFrom } from '../../lib/stage.ts';

const cdkJson = new URL('../../cdk.json', import.meta.url);
const { context } = JSON.parse(readFileSync(cdkJson, 'utf8')) as { context: object };

type Resource = {
  readonly Type: string;
  readonly Properties: Record<string, unknown>;
  readonly [attribute: string]: unknown;
};

/** An app with the flags of `cdk.json` and all of its checks, and its stacks; not synthesised yet. */
export function anApp(
  stage: Stage,
  options: FlashSaleOptions = { site: false },
  settings: AppProps = {},
) {
  const app = new App({ ...settings, context: { ...context } });
  return { app, stacks: flashSale(app, stage, options) };
}

/** A stage with settings of its own, as the context of `cdk synth -c` names them. */
export const aStage = (context: Record<string, string> = {}): Stage =>
  stageFrom((key) => context[key]);

export const PROD = { stage: 'prod', guests: 'allowed', region: 'eu-central-1' };

/** Leaves cdk-nag as the only check: the library's own take 3 s to load in each file. */
export const QUICK: AppProps = { builtinCloudFormationValidation: false, treeMetadata: false };

/** The templates of a stage. */
export function templatesOf(stage: Stage, options?: FlashSaleOptions) {
  const { data, service, edge } = anApp(stage, options, QUICK).stacks;
  return {
    data: Template.fromStack(data),
    service: Template.fromStack(service),
    edge: Template.fromStack(edge),
  };
}

/** The resources of a type, by their logical id. */
export const resourcesOf = (template: Template, type: string) =>
  template.findResources(type) as Record<string, Resource>;

/** The one resource of a type whose logical id starts so. */
export function resource(template: Template, type: string, prefix: string): Resource {
  const found = Object.entries(resourcesOf(template, type)).filter(([id]) => id.startsWith(prefix));
  const [first] = found;
  if (first === undefined || found.length > 1) {
    throw new Error(`Cannot choose a ${type} "${prefix}…": ${found.length} found`);
  }
  return first[1];
}
