/** @module Deploys to an emulator with the plain CDK command line, and repairs of the templates where it needs them. */

import { join } from 'node:path';
import { copyRepaired } from './assembly.ts';
import { cdkAt, type StackOutputs, UnknownKinds } from './cdk.ts';
import type { Provider, Run } from './place.ts';
import type { Steps } from './report.ts';
import { type TemplateRepair, withoutKinds } from './template.ts';

/** An emulator says which types it lacks of one template at a time, and there are three. */
const MOST_TRIES = 6;

/** How the stacks are called of the stage that is synthesised where nobody names one. */
const STACKS = 'FlashSale-dev';

/** The deployment of one emulator, with the repairs that it has turned out to need. */
export class Deploying {
  /** What is deployed now: templates as the emulator took them. */
  assembly: string;
  private readonly repairs: TemplateRepair[] = [];
  private readonly noted = new Set<string>();
  private readonly run: Run;
  private readonly steps: Steps;
  private readonly provider: Provider;
  private readonly cdk: ReturnType<typeof cdkAt>;

  constructor(run: Run, steps: Steps, endpoint: string, provider: Provider) {
    this.run = run;
    this.steps = steps;
    this.provider = provider;
    this.assembly = run.assembly;
    this.cdk = cdkAt(endpoint, run.assembly);
  }

  bootstrap = () => this.cdk.bootstrap().then(() => {});

  /** @returns the outputs of the stacks */
  async deploy(): Promise<StackOutputs> {
    for (let tries = 1; ; tries++) {
      try {
        return await this.deployOnce();
      } catch (error) {
        if (!(error instanceof UnknownKinds) || tries === MOST_TRIES) throw error;
        await this.repair(withoutKinds(error.kinds));
      }
    }
  }

  /** Takes a repair into what is deployed next. @returns whether it changed anything */
  async repair(repair: TemplateRepair): Promise<boolean> {
    this.repairs.push(repair);
    const copy = join(this.run.folder, 'repaired');
    const notes = await copyRepaired(this.run.assembly, copy, this.repairs);
    this.assembly = copy;
    const fresh = notes.filter((note) => !this.noted.has(note));
    for (const note of fresh) {
      this.noted.add(note);
      this.steps.repaired(note);
    }
    return fresh.length > 0;
  }

  destroy = () => this.cdk.destroy(this.assembly).then(() => {});

  private deployOnce(): Promise<StackOutputs> {
    return this.cdk.deploy(
      this.assembly,
      [`${STACKS}-Service:PaymentProviderUrl=${this.provider.url}`],
      join(this.run.folder, 'outputs.json'),
    );
  }
}
