/** @module The regular expressions that a source file of ours writes, as it writes them. */

/** After what a slash begins a pattern rather than divides. */
const LITERAL =
  /(?<=[=(,:[!&|?{};]\s*|return\s+)\/(?![*/])((?:[^/\\\n[]|\\.|\[(?:[^\]\\\n]|\\.)*\])+)\/([a-z]*)/g;

/** The literals of a source, comments left out. */
export function literalsIn(source: string): readonly string[] {
  const code = source.replaceAll(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '');
  const found = [...code.matchAll(LITERAL)].map(([literal]) => literal);
  return [...new Set(found)].filter(isPattern);
}

function isPattern(literal: string): boolean {
  const end = literal.lastIndexOf('/');
  try {
    new RegExp(literal.slice(1, end), literal.slice(end + 1));
    return true;
  } catch {
    return false;
  }
}
