/** @module The CDK app: choose the stage, create the stacks, check them. */

import { App } from 'aws-cdk-lib';
import { flashSale } from '../lib/flash-sale.ts';
import { stageFrom } from '../lib/stage.ts';
import { build } from './build.ts';

const app = new App();
const stage = stageFrom((key) => app.node.tryGetContext(key));
await build(stage.awsClient);
flashSale(app, stage, { site: app.node.tryGetContext('siteDeployment') !== 'none' });
app.synth();
