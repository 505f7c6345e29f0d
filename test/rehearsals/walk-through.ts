/** @module A section of a document as steps: each command as it is written, and what it says it prints. */

export type Step = {
  /** What stands in a `sh` block. */
  readonly command: string;
  /** The lines of the `text` block that follows it; `…` stands for anything. */
  readonly prints: readonly string[];
};

/** @throws {Error} where the document has no such heading */
export function stepsBelow(document: string, heading: string): readonly Step[] {
  const [, after] = document.split(`## ${heading}\n`);
  if (after === undefined) throw new Error(`Cannot walk through: there is no heading "${heading}"`);
  const [section = ''] = after.split(/^## /m);
  const steps: Step[] = [];
  for (const [, language, content = ''] of section.matchAll(/^```(sh|text)\n(.*?)^```$/gms)) {
    if (language === 'sh') steps.push({ command: content, prints: [] });
    else steps.push({ ...(steps.pop() ?? lost(content)), prints: content.trimEnd().split('\n') });
  }
  return steps;
}

function lost(content: string): never {
  throw new Error(`Cannot walk through: no command stands before what it prints, "${content}"`);
}

/** The first line of those that a command says it prints which is missing in its output, or out of order. */
export function missingLine(output: string, prints: readonly string[]): string | undefined {
  const lines = output.split('\n').map((line) => line.trim());
  let from = 0;
  return prints.find((wanted) => {
    const at = lines.findIndex((line, index) => index >= from && fits(line, wanted.trim()));
    from = at + 1;
    return at === -1;
  });
}

const SPECIAL = /[.*+?^${}()|[\]\\]/g;

const fits = (line: string, wanted: string): boolean =>
  new RegExp(`^${wanted.replaceAll(SPECIAL, '\\$&').replaceAll('…', '.*')}$`).test(line);
