/** @module Importing products: rows are pasted or come from a file, and each bad one is told with its line. */

import type { ImportReport } from './answers.ts';
import { send } from './api.ts';
import { fill, h, table } from './element.ts';
import { field } from './fields.ts';
import { count } from './format.ts';
import { forgetForm, keepForm, keptForm } from './kept-form.ts';
import { refusal, tell } from './said.ts';
import { section } from './view.ts';

const KEY = 'import';

const EXAMPLE = 'sku,name,price,currency,total\nLAMP-7,Lamp No. 7,12900,EUR,500';

export function importPart(done: () => void): HTMLElement {
  const rows = h('textarea', { rows: '6', placeholder: EXAMPLE, spellcheck: 'false' });
  rows.value = keptForm<string>(KEY) ?? '';
  const file = h('input', {
    type: 'file',
    accept: '.csv,.json,text/csv,application/json',
    onchange: () => void readFile(),
  });
  const report = h('div');
  const go = h('button', { type: 'submit', class: 'primary' }, 'Import');
  const readFile = async () => {
    const [chosen] = file.files ?? [];
    if (chosen) rows.value = await chosen.text();
  };
  const run = async () => {
    go.disabled = true;
    const answer = await send<ImportReport>('POST', '/products/import', rows.value);
    go.disabled = false;
    if (!answer.ok) return fill(report, refusal(answer.problem));
    fill(report, reportOf(answer.value));
    tell('Imported.');
    // What was refused is still there to be mended.
    if (answer.value.refused === 0) {
      rows.value = '';
      forgetForm(KEY);
    }
    done();
  };
  const form = h(
    'form',
    {
      oninput: () => keepForm(KEY, rows.value),
      onsubmit: (event) => {
        event.preventDefault();
        void run();
      },
    },
    field('File', file, {
      path: 'file',
      hint: 'CSV or JSON, 1 MB at most; larger ones are dropped into the bucket for imports.',
    }),
    field('Rows', rows, {
      path: 'rows',
      hint: 'Prices in minor units: 12900 is 129.00. The same rows again change nothing.',
    }),
    h('div', { class: 'actions' }, go),
    report,
  );
  return section('Import', form).element;
}

function reportOf({ added, changed, unchanged, refused, rows }: ImportReport): HTMLElement {
  const bad = rows.filter(({ fate }) => fate === 'refused');
  return h(
    'div',
    { role: 'status' },
    h(
      'p',
      {},
      `${count(added)} added, ${count(changed)} changed, ${count(unchanged)} as they were, ${count(refused)} refused.`,
    ),
    bad.length > 0 &&
      table(
        'Refused rows',
        ['Line', 'SKU', 'Why'],
        bad.map(({ line, sku, faults = [] }) => [
          String(line),
          sku ?? '–',
          faults.map(({ path, rule }) => `${path || 'the row'}: ${rule}`).join('; '),
        ]),
      ),
  );
}
