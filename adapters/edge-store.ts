/** @module What the gate knows, in the KeyValueStore. Its entries: `docs/architecture.md`, The KeyValueStore. */

import {
  type CloudFrontKeyValueStoreClient,
  ConflictException,
  DescribeKeyValueStoreCommand,
  GetKeyCommand,
  ResourceNotFoundException,
  UpdateKeysCommand,
} from '@aws-sdk/client-cloudfront-keyvaluestore';
import type { Access, PublishedSale } from '../domain/sale.ts';
import { slotWidthMs } from '../domain/slots.ts';
import { type EpochMs, epochSeconds } from '../domain/units.ts';
import { mixedSeed } from './slots.ts';

/** Names and values; values are JSON of at most 1 KB. An undefined value takes its entry away. */
export type EdgeEntries = Readonly<Record<string, object | undefined>>;

/** How often an update is repeated that somebody else's came before. */
const TRIES = 5;

const DAY_MS = 24 * 3600 * 1000;

/** What a ticket lives beyond its slot where an entry says nothing. */
const USUAL_TICKET_SECONDS = 10;

/** A sale's entry. JSON leaves out what is undefined: what a sale does not use costs no byte. */
export function edgeSale(sale: PublishedSale): EdgeEntries {
  const { opensAt, admission, publicValue } = sale;
  const { difficulty, ticketSeconds } = admission;
  const entry = {
    o: opensAt,
    c: sale.closesAt,
    d: sale.doorKey,
    w: slotWidthMs(admission),
    s: mixedSeed(sale.slotSeed, publicValue),
    p: sale.paused ?? false,
    e: sale.slotsFrom,
    n: (sale.draw !== undefined && publicValue === undefined) || undefined,
    x: difficulty || undefined,
    t: ticketSeconds === USUAL_TICKET_SECONDS ? undefined : ticketSeconds * 1000,
    ...edgeAccess(sale.access ?? {}, opensAt),
  };
  return { [edgeKey(sale.id)]: entry };
}

const edgeKey = (saleId: string): string => `sale/${saleId}`;

const edgeAccess = (access: Access, opensAt: EpochMs) => ({
  h: access.codeSha256,
  k: access.captcha || undefined,
  m: access.memberships,
  b: createdBy(access.accountAgeDays, opensAt),
  r: access.countries,
});

const createdBy = (days: number | undefined, opensAt: EpochMs): number | undefined =>
  days === undefined ? undefined : epochSeconds(opensAt - days * DAY_MS);

/** What the gate was told to draw a sale's slots from, and whether it was told that they are drawn. */
export async function isDrawnAtEdge(
  client: CloudFrontKeyValueStoreClient,
  arn: string,
  { id, slotSeed, publicValue }: PublishedSale,
): Promise<boolean> {
  const entry = await getEdgeEntry(client, arn, edgeKey(id));
  return entry?.['s'] === mixedSeed(slotSeed, publicValue) && entry['n'] === undefined;
}

/** An entry, or nothing where there is none. */
export async function getEdgeEntry(
  client: CloudFrontKeyValueStoreClient,
  arn: string,
  key: string,
): Promise<Readonly<Record<string, unknown>> | undefined> {
  try {
    const { Value = '' } = await client.send(new GetKeyCommand({ KvsARN: arn, Key: key }));
    return JSON.parse(Value) as Record<string, unknown>;
  } catch (error) {
    if (error instanceof ResourceNotFoundException) return undefined;
    throw error;
  }
}

/** Writes entries, all or none. */
export async function putEdgeEntries(
  client: CloudFrontKeyValueStoreClient,
  arn: string,
  entries: EdgeEntries,
): Promise<void> {
  const all = Object.entries(entries);
  const Puts = all.flatMap(([Key, value]) =>
    value === undefined ? [] : [{ Key, Value: JSON.stringify(value) }],
  );
  const Deletes = all.flatMap(([Key, value]) => (value === undefined ? [{ Key }] : []));
  const changes = { ...(Puts.length > 0 && { Puts }), ...(Deletes.length > 0 && { Deletes }) };
  for (let tried = 1; ; tried++) {
    const { ETag } = await client.send(new DescribeKeyValueStoreCommand({ KvsARN: arn }));
    try {
      await client.send(new UpdateKeysCommand({ KvsARN: arn, IfMatch: ETag, ...changes }));
      return;
    } catch (error) {
      if (!(error instanceof ConflictException) || tried === TRIES) throw error;
    }
  }
}
