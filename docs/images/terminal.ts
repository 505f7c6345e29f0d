/**
 * @module
 * Pictures of a terminal: what a command really prints there, colours and all, on a terminal of its own (util-linux's
 * `script` makes one), set as HTML.
 */

import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

export type TerminalSize = { readonly columns: number; readonly rows: number };

/** Where `watch` begins to draw anew. */
const HOME = '\x1b[H';

/** Where it gives the terminal back. */
const LEAVE = '\x1b[?25h\x1b[?1049l';

/** Runs `npm run sale -- …` on a terminal, and answers what is on the screen at its end. */
export async function onTerminal(
  words: readonly string[],
  { columns, rows }: TerminalSize,
): Promise<string> {
  const command = ['cli/run.ts', ...words].map((word) => `'${word}'`).join(' ');
  const typed = `stty cols ${columns} rows ${rows}; exec '${process.execPath}' ${command}`;
  const { NO_COLOR: _, FORCE_COLOR: __, ...env } = process.env;
  const child = spawn('script', ['-qefc', typed, '/dev/null'], {
    cwd: ROOT,
    env: { ...env, TERM: 'xterm-256color' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let text = '';
  child.stdout.setEncoding('utf8').on('data', (part) => {
    text += part;
  });
  const status = await new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  if (status !== 0) throw new Error(`Cannot take a picture of "${words.join(' ')}": status ${status}\n${text}`);
  const [drawn = ''] = text.split(LEAVE);
  return drawn.includes(HOME) ? (drawn.split(HOME).at(-1) ?? '') : text;
}

/** The look of a dark terminal; the colours are those of the page's dark scheme, so that all pictures go together. */
const STYLE = `
  body { margin: 0; background: #14161a; }
  pre { display: inline-block; margin: 0; padding: 16px 20px; color: #e6e6e6;
        font: 14px/1.35 'DejaVu Sans Mono', 'Liberation Mono', monospace; }
  .s1 { font-weight: bold; } .s2 { opacity: .7; } .s31 { color: #ff7b72; } .s32 { color: #7ee787; }
  .s33 { color: #e3b341; } .s36 { color: #6cc7e8; } .s90 { color: #8b949e; }`;

/** A page that shows what was on a screen, below the line that was typed. */
export function terminalPage(words: readonly string[], screen: string): string {
  const typed = `<span class="s90">$</span> npm run sale -- ${escaped(words.join(' '))}\n\n`;
  return `<!doctype html><meta charset="utf-8"><style>${STYLE}</style><pre>${typed}${htmlOf(screen)}</pre>`;
}

/** What ends a style: bold, colours, all. */
const ENDS: Readonly<Record<string, RegExp>> = {
  22: /^[12]$/,
  39: /^(3[0-7]|9[0-7])$/,
  0: /.*/,
};

/** Text with ANSI styles as HTML; other control sequences are left out. */
function htmlOf(screen: string): string {
  let styles: readonly string[] = [];
  const parts = screen
    .replaceAll('\r', '')
    .trimEnd()
    // biome-ignore lint/suspicious/noControlCharactersInRegex: that is what a terminal is told with
    .split(/\x1b\[([0-9;?]*)([A-Za-z])/);
  // Text, parameters, letter; text, parameters, letter; …
  return parts
    .map((part, index) => {
      if (index % 3 === 0) return `<span class="${styles.map((one) => `s${one}`).join(' ')}">${escaped(part)}</span>`;
      if (index % 3 === 1 && parts[index + 1] === 'm') styles = restyled(styles, part);
      return '';
    })
    .join('');
}

function restyled(styles: readonly string[], codes: string): readonly string[] {
  return codes.split(';').reduce<readonly string[]>((now, code) => {
    const ends = ENDS[code || '0'];
    return ends ? now.filter((one) => !ends.test(one)) : [...now, code];
  }, styles);
}

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
