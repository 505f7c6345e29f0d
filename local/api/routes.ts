/** @module The resource tree of a REST API: from a path to the method that answers it. */

import { decoded } from '../http-message.ts';
import type { ApiParts, MethodPart } from './api-parts.ts';

export type Route = {
  readonly part: MethodPart;
  /** The path as declared: `/api/sales/{sale}`. */
  readonly path: string;
  readonly parameters: Readonly<Record<string, string>> | null;
};

type Node = {
  readonly path: string;
  /** The parameter's name, where the part is one; with its plus, where it takes the rest of the path. */
  readonly parameter: string | undefined;
  readonly literals: Map<string, Node>;
  variable: Node | undefined;
  readonly methods: Map<string, MethodPart>;
};

const nodeOf = (path: string, part: string): Node => ({
  path,
  parameter: /^\{(.+)\}$/.exec(part)?.[1],
  literals: new Map(),
  variable: undefined,
  methods: new Map(),
});

export class Routes {
  private readonly root: Node = nodeOf('/', '');
  private readonly nodes = new Map<string, Node>();

  constructor(apiId: string, parts: ApiParts) {
    this.nodes.set(`${apiId}/`, this.root);
    for (const method of parts.methods) {
      if (method.apiId === apiId)
        this.nodeAt(method.resourceId, parts).methods.set(method.method, method);
    }
  }

  /** Finds the method that answers a path; a literal part is stronger than a parameter. */
  find(method: string, path: string): Route | undefined {
    const parameters: Record<string, string> = {};
    const segments = path.split('/').filter((segment) => segment !== '');
    const node = walk(this.root, segments, parameters);
    const part = node?.methods.get(method) ?? node?.methods.get('ANY');
    if (node === undefined || part === undefined) return undefined;
    const isPlain = Object.keys(parameters).length === 0;
    return { part, path: node.path, parameters: isPlain ? null : parameters };
  }

  private nodeAt(resourceId: string, parts: ApiParts): Node {
    const known = this.nodes.get(resourceId);
    if (known !== undefined) return known;
    const resource = parts.resources.get(resourceId);
    if (resource === undefined)
      throw new Error(`Cannot run the API: resource "${resourceId}" is unknown`);
    const parent = this.nodeAt(resource.parent, parts);
    const node = nodeOf(
      `${parent.path === '/' ? '' : parent.path}/${resource.part}`,
      resource.part,
    );
    if (node.parameter === undefined) parent.literals.set(resource.part, node);
    else parent.variable = node;
    this.nodes.set(resourceId, node);
    return node;
  }
}

/** Follows the parts of a path from a node, and collects the parameters on the way. */
function walk(
  from: Node,
  segments: readonly string[],
  parameters: Record<string, string>,
): Node | undefined {
  const [segment, ...rest] = segments;
  if (segment === undefined) return from;
  const next = from.literals.get(segment) ?? from.variable;
  if (next?.parameter === undefined) return next && walk(next, rest, parameters);
  if (next.parameter.endsWith('+')) {
    parameters[next.parameter.slice(0, -1)] = segments.map(decoded).join('/');
    return next;
  }
  parameters[next.parameter] = decoded(segment);
  return walk(next, rest, parameters);
}
