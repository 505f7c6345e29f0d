/** @module A shopper without a name, let in by the gate itself. */

export type Guest = { readonly cookie: string; readonly ticket: string };

/** @throws {Error} where the gate gives no ticket */
export async function enterAsGuest(origin: string, saleId: string): Promise<Guest> {
  const began = await fetch(`${origin}/api/session`, { method: 'POST' });
  const cookie = (began.headers.get('set-cookie') ?? '').split(';', 1)[0] ?? '';
  const asked = await fetch(`${origin}/api/sales/${saleId}/ticket`, {
    method: 'POST',
    headers: { cookie },
  });
  const { ticket } = (await asked.json()) as { ticket?: string };
  if (ticket === undefined) throw new Error(`Cannot enter sale "${saleId}": ${asked.status}`);
  return { cookie, ticket };
}
