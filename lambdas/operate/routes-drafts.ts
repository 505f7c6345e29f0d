/** @module Drafts from the operators' page: sales that are planned in a form, checked, and published. */

import { printSaleFile, readSaleFile } from '../../adapters/sale-file.ts';
import { findSale } from '../../domain/catalogue.ts';
import { type Draft, dropDraft, findDraft, saveDraft } from '../../domain/draft.ts';
import type { PlannedSale } from '../../domain/planned-sale.ts';
import { examine, publishPlanned } from '../../domain/publish-planned.ts';
import type { Reply } from '../http.ts';
import { type Problem, problem } from '../problem.ts';
import { checkedText, unpublishedText } from './draft-texts.ts';
import { whole } from './fields.ts';
import { type Asked, at, change, conflict, ok, type Route } from './route.ts';

const versionOf = whole(0, Number.MAX_SAFE_INTEGER);

export const DRAFT_ROUTES: readonly Route[] = [
  { method: 'GET', path: '/drafts', run: list },
  { method: 'POST', path: '/drafts/check', takes: 'json', run: check },
  { method: 'GET', path: '/drafts/{sale}', run: show },
  { method: 'PUT', path: '/drafts/{sale}', takes: 'json', run: save },
  { method: 'DELETE', path: '/drafts/{sale}', run: drop },
  { method: 'POST', path: '/drafts/{sale}/publish', takes: 'json', run: publish },
];

const unknownDraft = (saleId: string): Problem =>
  problem('unknown-draft', `There is no draft "${saleId}"`);

async function list({ deployed }: Asked) {
  const drafts = await deployed.catalogue.drafts();
  return ok({
    drafts: drafts.map(({ sale, version, changedAt }) => ({
      ...{ id: sale.id, title: sale.title, version, changedAtEpochMs: changedAt },
      ...{ opensAtEpochMs: sale.opensAt, timeZone: sale.timeZone, items: sale.items.length },
    })),
  });
}

/** A draft as a form takes it: the sale as its file has it, with times in its own zone. */
const shown = ({ sale, version, changedAt }: Draft) => ({
  ...{ version, changedAtEpochMs: changedAt },
  sale: JSON.parse(printSaleFile(sale)) as object,
});

async function show(asked: Asked) {
  const saleId = at(asked, 'sale');
  const draft = await findDraft(asked.deployed.store, saleId);
  return draft === undefined ? unknownDraft(saleId) : ok(shown(draft));
}

type Sent = { readonly sale: PlannedSale } | { readonly problem: Problem };

/** The sale of a body, read as a sale file is, so that a form is held to the same rules. */
function saleIn(body: unknown): Sent {
  const { sale } = Object(body) as { readonly sale?: unknown };
  const read = readSaleFile(JSON.stringify(sale ?? null), 'draft');
  if ('sale' in read) return read;
  // A place has one mistake: what is wrong with it first.
  const mistakes = read.mistakes.map(({ path, rule }) => ({ path, rule }));
  return { problem: problem('invalid', 'Something in it is not as it must be', { mistakes }) };
}

async function check({ deployed, body }: Asked): Promise<Reply | Problem> {
  const read = saleIn(body);
  if ('problem' in read) return read.problem;
  return ok(checkedText(await examine(deployed, read.sale), deployed.buyRate));
}

async function save(asked: Asked): Promise<Reply | Problem> {
  const saleId = at(asked, 'sale');
  const read = saleIn(asked.body);
  if ('problem' in read) return read.problem;
  const version = versionOf((asked.body as { readonly version?: unknown }).version);
  if (version === undefined || read.sale.id !== saleId) {
    return problem('bad-request', 'The body must have the version, and the sale of the path');
  }
  const outcome = await change(asked, { what: 'draft', saleId, detail: { version } }, () =>
    saveDraft(asked.deployed, read.sale, version),
  );
  switch (outcome.kind) {
    case 'saved':
      return ok(shown(outcome.draft));
    case 'stale':
      return stale(saleId);
    case 'gone':
      return unknownDraft(saleId);
    case 'published':
      return conflict('published', `Sale "${saleId}" is published: it is no draft any more`);
  }
}

const stale = (saleId: string): Problem =>
  conflict('stale', `Somebody has changed draft "${saleId}" meanwhile: load it again`);

async function drop(asked: Asked): Promise<Reply | Problem> {
  const saleId = at(asked, 'sale');
  const version = versionOf(Number(asked.query['version'] ?? Number.NaN));
  if (version === undefined) return problem('bad-request', 'The query must have the version');
  const outcome = await change(asked, { what: 'drop draft', saleId, detail: { version } }, () =>
    dropDraft(asked.deployed.store, saleId, version),
  );
  if (outcome.kind === 'dropped') return { statusCode: 204 };
  return outcome.kind === 'stale' ? stale(saleId) : unknownDraft(saleId);
}

async function publish(asked: Asked): Promise<Reply | Problem> {
  const saleId = at(asked, 'sale');
  const { version, overLimit = false } = Object(asked.body) as Readonly<Record<string, unknown>>;
  if (typeof overLimit !== 'boolean' || versionOf(version) === undefined) {
    return problem('bad-request', 'The body must have the version; "overLimit" is true or false');
  }
  const draft = await findDraft(asked.deployed.store, saleId);
  if (draft === undefined) return publishedBefore(asked, saleId);
  if (draft.version !== version) return stale(saleId);
  const act = { what: 'publish', saleId, detail: { version, overLimit } };
  const outcome = await change(asked, act, () =>
    publishPlanned(asked.deployed, draft.sale, { overLimit }),
  );
  if (outcome.kind === 'published') return ok({ kind: 'published', id: saleId });
  return conflict(outcome.kind, unpublishedText(outcome, asked.deployed.buyRate));
}

/** A publication ends with the draft: whoever asks again, for the answer was lost, is told that it is done. */
async function publishedBefore({ deployed }: Asked, saleId: string): Promise<Reply | Problem> {
  const sale = await findSale(deployed.store, saleId);
  return sale === undefined ? unknownDraft(saleId) : ok({ kind: 'published', id: saleId });
}
