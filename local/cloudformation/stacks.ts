/** @module All stacks of an assembly together: resources are made when something refers to them, each once. */

import type { RawResource, Stack } from './assembly.ts';
import { NO_VALUE, resolve, type Scope } from './intrinsics.ts';
import { type Identity, Resource } from './resource.ts';

type Make = (resource: Resource) => Identity;

export type StacksOptions = {
  readonly stacks: readonly Stack[];
  readonly parameters: Readonly<Record<string, string>>;
  /** Makes a resource and says who it is. */
  readonly make: Make;
  /** The value behind a dynamic reference, without braces and `resolve:`. */
  readonly dynamic: (reference: string) => string;
};

export class Stacks {
  private readonly options: StacksOptions;
  private readonly made = new Map<string, Identity>();
  private readonly making: string[] = [];

  constructor(options: StacksOptions) {
    this.options = options;
    const known = new Set(
      options.stacks.flatMap(({ template }) => Object.keys(template.Parameters ?? {})),
    );
    for (const name of Object.keys(options.parameters)) {
      if (!known.has(name)) throw new Error(`Cannot set parameter "${name}": no template has it`);
    }
  }

  /** Makes every resource whose condition holds, and returns the outputs of all stacks. */
  makeAll(): Record<string, string> {
    for (const stack of this.options.stacks) {
      for (const [logicalId, raw] of Object.entries(stack.template.Resources ?? {})) {
        if (this.exists(stack, raw)) this.identity(stack, logicalId);
      }
    }
    return Object.assign({}, ...this.options.stacks.map((stack) => this.outputs(stack)));
  }

  private outputs(stack: Stack): Record<string, string> {
    const outputs = Object.entries(stack.template.Outputs ?? {})
      .filter(([, { Condition }]) => Condition === undefined || this.condition(stack, Condition))
      .map(([name, { Value }]) => [name, String(this.resolve(stack, Value, `output "${name}"`))]);
    return Object.fromEntries(outputs);
  }

  private exists(stack: Stack, { Condition }: RawResource): boolean {
    return Condition === undefined || this.condition(stack, Condition);
  }

  private identity(stack: Stack, logicalId: string): Identity {
    const key = `${stack.name}/${logicalId}`;
    const known = this.made.get(key);
    if (known !== undefined) return known;
    const raw = stack.template.Resources?.[logicalId];
    if (raw === undefined) throw new Error(`"${logicalId}" is neither parameter nor resource`);
    if (this.making.includes(key)) {
      throw new Error(`Cannot run "${key}": it refers to itself (${this.making.join(' → ')})`);
    }
    this.making.push(key);
    const resource = new Resource(stack, logicalId, raw.Type, () =>
      this.propertiesOf(stack, logicalId, raw),
    );
    const identity = this.options.make(resource);
    this.making.pop();
    this.made.set(key, identity);
    return identity;
  }

  private propertiesOf(stack: Stack, logicalId: string, raw: RawResource) {
    const owner = `"${logicalId}" (${raw.Type})`;
    return this.resolve(stack, raw.Properties ?? {}, owner) as Record<string, unknown>;
  }

  private resolve(stack: Stack, value: unknown, owner: string): unknown {
    try {
      return resolve(value, this.scope(stack));
    } catch (error) {
      const { message } = error as Error;
      if (message.startsWith('Cannot ')) throw error;
      throw new Error(`Cannot run ${owner}: ${message}`, { cause: error });
    }
  }

  private condition(stack: Stack, name: string): boolean {
    const condition = stack.template.Conditions?.[name];
    if (condition === undefined) throw new Error(`condition "${name}" is not defined`);
    return this.resolve(stack, condition, `condition "${name}"`) === true;
  }

  private scope(stack: Stack): Scope {
    return {
      ref: (logicalId) => this.ref(stack, logicalId),
      attribute: (logicalId, name) => this.attribute(stack, logicalId, name),
      condition: (name) => this.condition(stack, name),
      mapping: (map, first, second) => {
        const found = stack.template.Mappings?.[map]?.[first]?.[second];
        if (found === undefined)
          throw new Error(`mapping ${map}.${first}.${second} is not defined`);
        return found;
      },
      imported: (name) => this.imported(name),
      stackOutput: (stackName, output) => this.stackOutput(stackName, output),
      dynamic: this.options.dynamic,
    };
  }

  private attribute(stack: Stack, logicalId: string, name: string): string {
    const { attributes } = this.identity(stack, logicalId);
    const found = attributes?.[name];
    if (found === undefined) {
      throw new Error(`attribute "${name}" of "${logicalId}" is unknown to the local stack`);
    }
    return found;
  }

  private ref(stack: Stack, name: string): unknown {
    if (name.startsWith('AWS::')) return pseudoParameter(stack, name);
    const parameter = stack.template.Parameters?.[name];
    if (parameter === undefined) return this.identity(stack, name).ref;
    const value = this.options.parameters[name] ?? parameter.Default;
    if (value === undefined) throw new Error(`parameter "${name}" has neither value nor default`);
    return parameter.Type === 'CommaDelimitedList' ? String(value).split(',') : value;
  }

  private stackOutput(stackName: string, output: string): unknown {
    const stack = this.options.stacks.find(({ name }) => name === stackName);
    const found = stack?.template.Outputs?.[output];
    if (stack === undefined || found === undefined) {
      throw new Error(`stack "${stackName}" has no output "${output}"`);
    }
    return this.resolve(stack, found.Value, `output "${output}"`);
  }

  private imported(name: string): unknown {
    for (const stack of this.options.stacks) {
      for (const { Value, Export } of Object.values(stack.template.Outputs ?? {})) {
        if (Export !== undefined && this.resolve(stack, Export.Name, `export "${name}"`) === name) {
          return this.resolve(stack, Value, `export "${name}"`);
        }
      }
    }
    throw new Error(`no stack exports "${name}"`);
  }
}

function pseudoParameter({ name: stackName, region }: Stack, name: string): unknown {
  const values: Readonly<Record<string, unknown>> = {
    'AWS::AccountId': '000000000000',
    'AWS::Region': region,
    'AWS::Partition': 'aws',
    'AWS::URLSuffix': 'amazonaws.com',
    'AWS::StackName': stackName,
    'AWS::StackId': `arn:aws:cloudformation:${region}:000000000000:stack/${stackName}/local`,
    'AWS::NotificationARNs': [],
    'AWS::NoValue': NO_VALUE,
  };
  const value = values[name];
  if (value === undefined)
    throw new Error(`pseudo parameter "${name}" is unknown to the local stack`);
  return value;
}
