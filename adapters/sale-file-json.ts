/** @module Strict JSON with the place of everything in it: what a reader of hand-written files needs to point at. */

import {
  createScanner,
  findNodeAtOffset,
  getNodePath,
  type Node,
  type ParseError,
  parseTree,
  printParseErrorCode,
} from 'jsonc-parser';

/** The way from the whole file to a value. */
export type Path = readonly (string | number)[];

/** Something in the file that breaks a rule. */
export type Finding = {
  readonly path: Path;
  readonly rule: string;
  /** Where the text in question begins. */
  readonly offset: number;
  readonly value: unknown;
  /** The text is not JSON there; the value is what stands there instead. */
  readonly isSyntax?: true;
  /** After it the parser may have lost something, on that line or below. */
  readonly derails?: true;
};

/** A value of the file, and the key that it stands under. */
export type Member = { readonly path: Path; readonly node: Node; readonly key?: Node };

export type Document = {
  /** What can be made of the text: everything, when there is no syntax finding. */
  readonly value: unknown;
  /** Where the text is not JSON, one finding a line at most, and keys that stand twice in an object. */
  readonly findings: readonly Finding[];
  /** All values; of two under the same key, the later. */
  readonly members: ReadonlyMap<string, Member>;
};

/** Deeper files are no sale files, and would exhaust the stack. */
const MAX_DEPTH = 100;

const RULES: Readonly<Record<string, string>> = {
  InvalidSymbol: 'a JSON value is wanted here, and texts stand in double quotes',
  InvalidNumberFormat: 'this is not a number in JSON',
  PropertyNameExpected: 'a property name in double quotes is wanted here',
  ValueExpected: 'a value is wanted here',
  ColonExpected: 'a colon is wanted here',
  CommaExpected: 'a comma is wanted before this',
  CloseBraceExpected: 'a closing brace is wanted here',
  CloseBracketExpected: 'a closing bracket is wanted here',
  EndOfFileExpected: 'the file must end here',
  InvalidCommentToken: 'JSON has no comments',
  UnexpectedEndOfComment: 'JSON has no comments',
  UnexpectedEndOfString: 'the closing double quote is missing',
  UnexpectedEndOfNumber: 'the number breaks off',
  InvalidUnicode: 'the escape \\u needs four hexadecimal digits',
  InvalidEscapeCharacter: 'JSON has no such escape',
  InvalidCharacter: 'control characters must be escaped',
};

/** Reads a text; never throws. */
export function readJson(text: string): Document {
  const tooDeep = depthFault(text);
  if (tooDeep) return { value: undefined, findings: [tooDeep], members: new Map() };
  const errors: ParseError[] = [];
  const root = parseTree(text, errors, { disallowComments: true });
  const members = new Map<string, Member>();
  const repeated: Finding[] = [];
  if (root) visit({ path: [], node: root }, members, repeated);
  return {
    value: root && plainOf(root),
    findings: [...syntaxFindings(text, errors, root), ...repeated],
    members,
  };
}

/** A path as people write it: `items[0].price`. */
export function pathText(path: Path): string {
  const text = path.map((step) => {
    if (typeof step === 'number') return `[${step}]`;
    return /^[A-Za-z_$][\w$-]*$/.test(step) ? `.${step}` : `[${JSON.stringify(step)}]`;
  });
  return text.join('').replace(/^\./, '');
}

function visit(member: Member, members: Map<string, Member>, repeated: Finding[]): void {
  members.set(pathText(member.path), member);
  for (const child of childrenOf(member)) {
    const twin = child.key && members.get(pathText(child.path));
    if (twin) repeated.push(repetition(child));
    visit(child, members, repeated);
  }
}

/** A property that has no value yet is none. */
function childrenOf({ path, node }: Member): Member[] {
  const children = node.children ?? [];
  if (node.type === 'array')
    return children.map((child, i) => ({ path: [...path, i], node: child }));
  return children.flatMap(({ children: [key, value] = [] }) =>
    key && value ? [{ path: [...path, String(key.value)], node: value, key }] : [],
  );
}

const repetition = ({ path, node, key }: Member): Finding => ({
  path,
  rule: 'the key stands twice in its object',
  offset: key?.offset ?? node.offset,
  value: plainOf(node),
});

/** Own properties only, so that a key named "__proto__" is a key like any other. */
export function plainOf(node: Node): unknown {
  const children = childrenOf({ path: [], node });
  if (node.type === 'array') return children.map((child) => plainOf(child.node));
  if (node.type !== 'object') return node.value;
  return Object.fromEntries(children.map((child) => [child.path[0], plainOf(child.node)]));
}

/** One mistake derails the parser for some tokens: what follows in its line would be noise. */
function syntaxFindings(
  text: string,
  errors: readonly ParseError[],
  root: Node | undefined,
): Finding[] {
  const lines = Map.groupBy(errors, ({ offset }) => placeOf(text, offset).line);
  return [...lines.values()].flatMap((ofLine) =>
    ofLine.slice(0, 1).map((error) => ({
      path: root ? pathAt(root, error.offset) : [],
      rule: ruleOf(text, error),
      offset: error.offset,
      value: text.slice(error.offset, error.offset + error.length),
      isSyntax: true,
      ...(!ofLine.every((one) => isHarmless(text, one)) && { derails: true }),
    })),
  );
}

function ruleOf(text: string, error: ParseError): string {
  if (isTrailingComma(text, error)) return 'JSON has no comma before this';
  return RULES[printParseErrorCode(error.error)] ?? 'this is not JSON';
}

/** The parser understands these as they were meant. */
const isHarmless = (text: string, error: ParseError): boolean =>
  printParseErrorCode(error.error) === 'InvalidCommentToken' || isTrailingComma(text, error);

const isTrailingComma = (text: string, { offset }: ParseError): boolean =>
  /[}\]]/.test(text.charAt(offset)) && text.slice(0, offset).trimEnd().endsWith(',');

function pathAt(root: Node, offset: number): Path {
  const node = findNodeAtOffset(root, offset, true);
  return node ? getNodePath(node) : [];
}

function depthFault(text: string): Finding | undefined {
  const scanner = createScanner(text, true);
  for (let depth = 0, token = scanner.scan(); token !== END; token = scanner.scan()) {
    depth += STEP[token] ?? 0;
    if (depth > MAX_DEPTH) {
      const rule = `nothing may be nested more than ${MAX_DEPTH} deep`;
      return { path: [], rule, offset: scanner.getTokenOffset(), value: '[', isSyntax: true };
    }
  }
  return undefined;
}

/** SyntaxKind of jsonc-parser is a constant enum, which `isolatedModules` cannot read. */
const END = 17;
const STEP: Readonly<Record<number, number>> = { 1: 1, 2: -1, 3: 1, 4: -1 };

/** The line and the column of an offset, both from 1. */
export function placeOf(text: string, offset: number): { line: number; column: number } {
  const before = text.slice(0, offset).split(/\r\n|\r|\n/);
  return { line: before.length, column: (before.at(-1) ?? '').length + 1 };
}
