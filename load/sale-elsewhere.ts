/** @module When a sale opens that is published elsewhere: its own word counts, not the file's. */

/** A rehearsal waits that long for an opening; who aims earlier has probably aimed at the wrong sale. */
const LONGEST_WAIT_MS = 10 * 60_000;

type Times = {
  readonly opensAtEpochMs: number;
  readonly closesAtEpochMs: number;
  readonly nowEpochMs: number;
};

/** @throws {Error} where the sale is not there, is over, or opens too late to wait for it */
export async function openingElsewhere(url: string, saleId: string): Promise<number> {
  const why = (reason: string) =>
    new Error(`Cannot rehearse sale "${saleId}" at ${url}: ${reason}`);
  const response = await fetch(`${url}/api/sales/${saleId}`).catch((cause: unknown) => {
    throw new Error(`Cannot rehearse sale "${saleId}" at ${url}: nobody answers`, { cause });
  });
  if (!response.ok) throw why(`it answers ${response.status}`);
  const { opensAtEpochMs, closesAtEpochMs, nowEpochMs } = (await response.json()) as Times;
  if (nowEpochMs >= closesAtEpochMs) throw why('it is over');
  const left = opensAtEpochMs - nowEpochMs;
  if (left <= LONGEST_WAIT_MS) return opensAtEpochMs;
  throw why(`it opens in ${Math.round(left / 60_000)} min, and at most 10 min are waited for`);
}
