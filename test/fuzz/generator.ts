/** @module One generator in Python at work: a process that gets a brief, and says findings and a count. */

import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { Brief, Count, Finding } from './brief.ts';

const SCRIPT = fileURLToPath(new URL('fuzz.py', import.meta.url));

/** @throws {Error} when it ends before it has counted */
export async function generate(
  python: string,
  brief: Brief,
  onFinding: (finding: Finding) => void,
): Promise<Count> {
  const child = spawn(python, ['-B', SCRIPT], { stdio: ['pipe', 'pipe', 'inherit'] });
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  // Through a pipe: the brief has keys in it, which arguments and files would show.
  child.stdin.end(JSON.stringify(brief));
  let count: Count | undefined;
  for await (const line of createInterface({ input: child.stdout })) {
    const said = JSON.parse(line) as Finding | Count;
    if (said.kind === 'count') count = said;
    else onFinding(said);
  }
  const status = await ended;
  if (count !== undefined && status === 0) return count;
  throw new Error(`Cannot fuzz the side "${brief.side}": the generator ended with ${status}`);
}
