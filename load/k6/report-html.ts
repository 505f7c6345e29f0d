/** @module A run's report as a page of its own: no file beside it, nothing fetched, no script. */

import type { Report } from './report.ts';
import { STYLE } from './report-style.ts';
import { barText, count, isShort, shoppersText, verdictText } from './report-words.ts';

export const htmlOf = (report: Report): string => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="content-security-policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${escaped(`${report.scenario}: ${report.sale}`)}</title>
<style>${STYLE}</style>
</head>
<body>
<main>
<header>
<p class="kicker">Load run, ${escaped(report.baseUrl)}</p>
<h1>${title(report)} <small>sale ${escaped(report.sale)}, item ${escaped(report.sku)}</small></h1>
<p class="verdict ${verdictClass(report)}">${escaped(verdictText(report))}</p>
</header>
${tiles(report)}
<section>
<h2>Correctness</h2>
${rulesTable(report)}
</section>
<section>
<h2>Time</h2>
${barsTable(report)}
</section>
<section>
<h2>Presses of Buy</h2>
${chart(report.presses)}
</section>
${report.badPresses.length > 0 ? `<section>\n<h2>Bad presses</h2>\n${chart(report.badPresses)}\n</section>` : ''}
<section>
<h2>Requests</h2>
${requestsTable(report)}
</section>
</main>
</body>
</html>
`;

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
};

const escaped = (text: string): string => text.replace(/[&<>"]/g, (char) => ENTITIES[char] ?? char);

const title = ({ scenario }: Report): string =>
  `${scenario.charAt(0).toUpperCase()}${scenario.slice(1)}`;

function verdictClass(report: Report): string {
  if (!report.correct) return 'bad';
  return report.inTime === 'missed' || isShort(report) ? 'warn' : 'good';
}

function tiles(report: Report): string {
  const { units, orders, arrivedWithinSeconds, seconds, requestsPerSecond } = report;
  const of = units.of > 0 ? `of ${count(units.of)}` : 'of how many is not known';
  const all: readonly (readonly [string, string, string])[] = [
    ['Shoppers', shoppersText(report), `within ${arrivedWithinSeconds} s`],
    ['Orders', count(orders), `${count(units.paid)} units paid`],
    ['Units held at once', count(units.held), of],
    ['Requests a second', count(requestsPerSecond), `over ${count(seconds)} s`],
  ];
  const tile = ([name, value, more]: (typeof all)[number]) =>
    `<div><dt>${name}</dt><dd>${value} <small>${more}</small></dd></div>`;
  return `<dl class="tiles">${all.map(tile).join('')}</dl>`;
}

const rulesTable = ({ rules }: Report): string =>
  table(
    ['', 'Rule', 'Looked at', 'Broken'],
    rules.map(({ about, judged, broken }) => [
      mark(broken > 0 ? 'bad' : judged > 0 ? 'good' : 'none'),
      escaped(about),
      count(judged),
      count(broken),
    ]),
  );

const MARKS = {
  kept: 'good',
  missed: 'bad',
  'not-judged': 'none',
  'not-measured': 'none',
} as const;

const barsTable = ({ bars }: Report): string =>
  table(
    ['', 'Bar', ''],
    bars.map((bar) => [
      mark(MARKS[bar.verdict]),
      escaped(barText(bar)),
      bar.verdict.replace('-', ' '),
    ]),
  );

const requestsTable = ({ requests }: Report): string =>
  table(
    ['Asked for', 'Count', 'p50 ms', 'p95 ms', 'p99 ms', 'Slowest ms'],
    requests.map((one) => [
      one.asked,
      ...[one.count, one.p50, one.p95, one.p99, one.max].map(count),
    ]),
  );

/** A colour is never all that says it. */
const mark = (verdict: 'good' | 'bad' | 'none'): string => {
  const words = { good: 'kept', bad: 'broken', none: 'not judged' };
  return `<span class="mark ${verdict}" title="${words[verdict]}">${{ good: '✓', bad: '✗', none: '–' }[verdict]}</span>`;
};

function table(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  const head = heads.map((cell) => `<th scope="col">${cell}</th>`).join('');
  const body = rows.map((cells) => `<tr>${cells.map((cell) => `<td>${cell}</td>`).join('')}</tr>`);
  return `<div class="scroll"><table><thead><tr>${head}</tr></thead><tbody>${body.join('')}</tbody></table></div>`;
}

function chart(counts: Report['presses']): string {
  if (counts.length === 0) return '<p>None.</p>';
  const most = Math.max(...counts.map(({ count: many }) => many));
  const row = ({ name, count: many }: Report['presses'][number]) =>
    `<li><span>${escaped(name)}</span><span class="bar"><i style="width:${Math.max(0.5, (many / most) * 100).toFixed(1)}%"></i></span><b>${count(many)}</b></li>`;
  return `<ul class="chart">${counts.map(row).join('')}</ul>`;
}
