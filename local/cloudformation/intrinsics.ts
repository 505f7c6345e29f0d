/** @module CloudFormation's functions, from `Ref` to `Fn::FindInMap`, on values of a template. */

/** What the functions ask of the templates around them. */
export type Scope = {
  ref(logicalId: string): unknown;
  attribute(logicalId: string, name: string): unknown;
  condition(name: string): boolean;
  mapping(map: string, first: string, second: string): unknown;
  imported(name: string): unknown;
  stackOutput(stackName: string, output: string): unknown;
  /** The value behind `{{resolve:…}}`. */
  dynamic(reference: string): string;
};

/** Stands for `AWS::NoValue`: the property or list entry is left out. */
export const NO_VALUE = Symbol('AWS::NoValue');

type Intrinsic = (argument: unknown, scope: Scope) => unknown;

/** Resolves every function in a value. */
export function resolve(value: unknown, scope: Scope): unknown {
  if (typeof value === 'string') return resolveText(value, scope);
  if (Array.isArray(value)) {
    return value.map((entry) => resolve(entry, scope)).filter((entry) => entry !== NO_VALUE);
  }
  if (typeof value !== 'object' || value === null) return value;
  const intrinsic = intrinsicOf(value);
  if (intrinsic === undefined) return resolveObject(value, scope);
  const result = intrinsic.run(intrinsic.argument, scope);
  return typeof result === 'string' ? resolveText(result, scope) : result;
}

function resolveObject(value: object, scope: Scope): Record<string, unknown> {
  const entries = Object.entries(value)
    .map(([key, entry]) => [key, resolve(entry, scope)] as const)
    .filter(([, entry]) => entry !== NO_VALUE);
  return Object.fromEntries(entries);
}

const resolveText = (text: string, scope: Scope): string =>
  text.includes('{{resolve:')
    ? text.replaceAll(/\{\{resolve:([^}]+)\}\}/g, (_, reference: string) =>
        scope.dynamic(reference),
      )
    : text;

function intrinsicOf(value: object): { run: Intrinsic; argument: unknown } | undefined {
  const [key, ...more] = Object.keys(value);
  if (key === undefined || more.length > 0) return undefined;
  const run = INTRINSICS[key];
  if (run !== undefined) return { run, argument: (value as Record<string, unknown>)[key] };
  if (!key.startsWith('Fn::')) return undefined;
  throw new Error(`intrinsic "${key}" is unknown to the local stack`);
}

const text = (value: unknown, scope: Scope): string => {
  const resolved = resolve(value, scope);
  if (typeof resolved === 'object' || resolved === undefined) {
    throw new Error(`${JSON.stringify(value)} is not text`);
  }
  return String(resolved);
};

const list = (value: unknown, scope: Scope): unknown[] => {
  const resolved = resolve(value, scope);
  if (!Array.isArray(resolved)) throw new Error(`${JSON.stringify(value)} is not a list`);
  return resolved;
};

const truth = (value: unknown, scope: Scope): boolean => {
  const resolved = resolve(value, scope);
  return resolved === true || resolved === 'true';
};

function getAtt(argument: unknown, scope: Scope): unknown {
  const [logicalId, ...name] =
    typeof argument === 'string' ? argument.split('.') : list(argument, scope);
  return scope.attribute(String(logicalId), name.join('.'));
}

function sub(argument: unknown, scope: Scope): string {
  const [pattern, variables = {}] = Array.isArray(argument) ? argument : [argument];
  const given = variables as Record<string, unknown>;
  return String(pattern).replaceAll(/\$\{([^}]+)\}/g, (_, name: string) => {
    if (name.startsWith('!')) return `\${${name.slice(1)}}`;
    if (name in given) return text(given[name], scope);
    return text(name.includes('.') ? { 'Fn::GetAtt': name } : { Ref: name }, scope);
  });
}

function select(argument: unknown, scope: Scope): unknown {
  const [index, options] = argument as [unknown, unknown];
  const chosen = list(options, scope)[Number(text(index, scope))];
  if (chosen === undefined) throw new Error(`Fn::Select finds nothing at ${JSON.stringify(index)}`);
  return chosen;
}

const INTRINSICS: Readonly<Record<string, Intrinsic>> = {
  Ref: (argument, scope) => scope.ref(String(argument)),
  Condition: (argument, scope) => scope.condition(String(argument)),
  'Fn::GetAtt': getAtt,
  'Fn::Join': (argument, scope) => {
    const [separator, parts] = argument as [string, unknown];
    return list(parts, scope)
      .map((part) => text(part, scope))
      .join(separator);
  },
  'Fn::Sub': sub,
  'Fn::Select': select,
  'Fn::Split': (argument, scope) => {
    const [separator, whole] = argument as [string, unknown];
    return text(whole, scope).split(separator);
  },
  'Fn::ImportValue': (argument, scope) => scope.imported(text(argument, scope)),
  'Fn::GetStackOutput': (argument, scope) => {
    const { StackName, OutputName } = argument as Record<string, unknown>;
    return scope.stackOutput(text(StackName, scope), text(OutputName, scope));
  },
  'Fn::If': (argument, scope) => {
    const [name, then, otherwise] = argument as [string, unknown, unknown];
    return resolve(scope.condition(name) ? then : otherwise, scope);
  },
  'Fn::Equals': (argument, scope) => {
    const [left, right] = argument as [unknown, unknown];
    return text(left, scope) === text(right, scope);
  },
  'Fn::Not': (argument, scope) => !truth((argument as unknown[])[0], scope),
  'Fn::And': (argument, scope) => (argument as unknown[]).every((entry) => truth(entry, scope)),
  'Fn::Or': (argument, scope) => (argument as unknown[]).some((entry) => truth(entry, scope)),
  'Fn::FindInMap': (argument, scope) => {
    const [map, first, second] = (argument as unknown[]).map((entry) => text(entry, scope));
    return scope.mapping(String(map), String(first), String(second));
  },
  'Fn::Base64': (argument, scope) => Buffer.from(text(argument, scope)).toString('base64'),
};
