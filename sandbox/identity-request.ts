/** @module What a site asks the sandbox provider for when it sends somebody to sign in, and whether it may. */

/** The one site that is registered. */
export type Client = {
  readonly clientId: string;
  /** Scheme, host and port that redirect addresses must have. */
  readonly siteOrigin: string;
};

/** Where an answer goes, and what it must repeat. */
export type ReturnAddress = { readonly redirectUri: string; readonly state: string | undefined };

/** A good question. */
export type SignInRequest = ReturnAddress & {
  readonly nonce: string | undefined;
  /** SHA-256 of the verifier, 43 base64url characters. */
  readonly challenge: string;
};

export type RequestRead =
  | { readonly kind: 'good'; readonly request: SignInRequest }
  /** The site is told, at its redirect address. */
  | { readonly kind: 'refused'; readonly to: ReturnAddress; readonly error: string }
  /** Nobody can be sent anywhere: the address may be anybody's. */
  | { readonly kind: 'untrusted'; readonly why: string };

const CHALLENGE = /^[A-Za-z0-9_-]{43}$/;

/** Reads a question. @see https://www.rfc-editor.org/rfc/rfc9700#section-2.1 for what is strict in it */
export function readRequest(client: Client, query: URLSearchParams): RequestRead {
  const redirectUri = query.get('redirect_uri') ?? '';
  if (query.get('client_id') !== client.clientId) {
    return { kind: 'untrusted', why: `The client "${query.get('client_id')}" is not registered.` };
  }
  if (!isOf(client.siteOrigin, redirectUri)) {
    const why = `"${redirectUri}" is not an address of ${client.siteOrigin}, the only site that is registered.`;
    return { kind: 'untrusted', why };
  }
  const to = { redirectUri, state: query.get('state') ?? undefined };
  const error = errorIn(query);
  if (error) return { kind: 'refused', to, error };
  const nonce = query.get('nonce') ?? undefined;
  return {
    kind: 'good',
    request: { ...to, nonce, challenge: query.get('code_challenge') ?? '' },
  };
}

/** The site's address with an answer in it. */
export function answerTo(
  { redirectUri, state }: ReturnAddress,
  answer: Readonly<Record<string, string>>,
): string {
  const address = new URL(redirectUri);
  const all = { ...answer, ...(state !== undefined && { state }) };
  for (const [name, value] of Object.entries(all)) address.searchParams.set(name, value);
  return address.href;
}

/** Written plainly: no other spelling, user or fragment that a browser and a server could understand differently. */
function isOf(origin: string, address: string): boolean {
  if (!URL.canParse(address)) return false;
  const { href, origin: itsOrigin, username, password, hash } = new URL(address);
  return href === address && itsOrigin === origin && username + password + hash === '';
}

function errorIn(query: URLSearchParams): string | undefined {
  if (query.get('response_type') !== 'code') return 'unsupported_response_type';
  if (!query.get('scope')?.split(' ').includes('openid')) return 'invalid_scope';
  const hasChallenge = CHALLENGE.test(query.get('code_challenge') ?? '');
  const isS256 = query.get('code_challenge_method') === 'S256';
  return hasChallenge && isS256 ? undefined : 'invalid_request';
}
