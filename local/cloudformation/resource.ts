/** @module One resource of a template: who it is, and its properties with every reference resolved. */

import { join } from 'node:path';
import type { Stack } from './assembly.ts';

/** What `Ref` and `Fn::GetAtt` give. */
export type Identity = {
  readonly ref: string;
  readonly attributes?: Readonly<Record<string, string>>;
};

export type Properties = Readonly<Record<string, unknown>>;

export class Resource {
  readonly stack: Stack;
  readonly logicalId: string;
  readonly type: string;
  private readonly resolve: () => Properties;
  private resolved: Properties | undefined;

  constructor(stack: Stack, logicalId: string, type: string, resolve: () => Properties) {
    this.stack = stack;
    this.logicalId = logicalId;
    this.type = type;
    this.resolve = resolve;
  }

  get properties(): Properties {
    this.resolved ??= this.resolve();
    return this.resolved;
  }

  /** The construct path below the stack, without CDK's `Resource`; the logical id where the template names none. */
  get path(): string {
    const metadata = this.stack.template.Resources?.[this.logicalId]?.Metadata;
    const path = metadata?.['aws:cdk:path'];
    if (typeof path !== 'string') return this.logicalId;
    const below = path.startsWith(`${this.stack.path}/`)
      ? path.slice(this.stack.path.length + 1)
      : path;
    return below.replace(/\/Resource$/, '');
  }

  get arnPrefix(): string {
    return `${this.stack.region}:000000000000`;
  }

  /** The name that the template gives, else one made of stack and logical id, as CloudFormation does. */
  name(property: string, longest = 64): string {
    const given = this.properties[property];
    if (typeof given === 'string') return given;
    return `${this.stack.name}-${this.logicalId}`.slice(-longest).replace(/^[^A-Za-z0-9]+/, '');
  }

  /** The folder or file of an asset, by its key in the bootstrap bucket. */
  asset(objectKey: string): string {
    const found = this.stack.assets.get(objectKey);
    if (found === undefined) throw this.error(`the assembly has no asset "${objectKey}"`);
    return join(found);
  }

  /** Refuses properties that nobody here honours. */
  allow(...names: readonly string[]): void {
    for (const name of Object.keys(this.properties)) {
      if (!names.includes(name)) {
        throw this.error(`property "${name}" is unknown to the local stack`);
      }
    }
  }

  /** An error that names the resource. */
  error(reason: string): Error {
    return new Error(`Cannot run "${this.logicalId}" (${this.type}): ${reason}`);
  }
}
