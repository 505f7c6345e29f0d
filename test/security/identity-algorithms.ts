/** @module Identity tokens whose algorithm is not the issuer's: RFC 8725, 3.1 and 3.2. */

import { constants, sign } from 'node:crypto';
import { type Attack, claimsOf, headerOf, realToken, type Scrap } from './identity-tokens.ts';
import { type Issuer, macToken, part, rsaToken } from './issuer.ts';

/** Texts of the public key that a verifier could take for a shared secret. */
const PUBLIC_TEXTS: Readonly<Record<string, (real: Issuer) => string | Uint8Array>> = {
  'the PEM': ({ keys }) => keys.publicKey.export({ type: 'spki', format: 'pem' }).toString(),
  'the PEM without its last newline': ({ keys }) =>
    keys.publicKey.export({ type: 'spki', format: 'pem' }).toString().trimEnd(),
  'the PKCS #1 PEM': ({ keys }) =>
    keys.publicKey.export({ type: 'pkcs1', format: 'pem' }).toString(),
  'the DER': ({ keys }) => keys.publicKey.export({ type: 'spki', format: 'der' }),
  'the JWK': ({ jwks }) => JSON.stringify(jwks.keys[0]),
  'the whole JWKS': ({ jwks }) => JSON.stringify(jwks),
  'the modulus': ({ jwks }) => jwks.keys[0]?.n ?? '',
  'the modulus as bytes': ({ jwks }) => Buffer.from(jwks.keys[0]?.n ?? '', 'base64url'),
  nothing: () => '',
};

const CONFUSED: readonly Attack[] = Object.entries(PUBLIC_TEXTS).flatMap(([name, secretOf]) =>
  ['256', '384', '512'].map((bits): Attack => {
    const token = ({ real }: Scrap) =>
      macToken(secretOf(real), headerOf(real, { alg: `HS${bits}` }), claimsOf(real), bits);
    return [`HS${bits} with ${name} as the secret`, token];
  }),
);

const UNSIGNED: readonly Attack[] = ['none', 'None', 'NONE', 'nOnE', 'none ', '', 'null'].flatMap(
  (alg): Attack[] => [
    [
      `alg "${alg}" without a signature`,
      ({ real }) => `${part(headerOf(real, { alg }))}.${part(claimsOf(real))}.`,
    ],
    [
      `alg "${alg}" with a signature of another token`,
      (scrap) => {
        const [, , signature] = realToken(scrap).split('.');
        return `${part(headerOf(scrap.real, { alg }))}.${part(claimsOf(scrap.real))}.${signature}`;
      },
    ],
    [`alg "${alg}" signed rightly`, (scrap) => realToken(scrap, {}, { alg })],
  ],
);

const ALGORITHMS: readonly Attack[] = [
  ['no alg, signed rightly', (scrap) => realToken(scrap, {}, { alg: undefined })],
  ['alg RS512 by a key for RS256', (scrap) => realToken(scrap, {}, { alg: 'RS512' })],
  ['alg rs256 in small letters', (scrap) => realToken(scrap, {}, { alg: 'rs256' })],
  ['alg as a list', (scrap) => realToken(scrap, {}, { alg: ['RS256'] })],
  [
    'alg PS256 by a key for RS256',
    ({ real }) => {
      const text = `${part(headerOf(real, { alg: 'PS256' }))}.${part(claimsOf(real))}`;
      const key = real.keys.privateKey;
      const padding = constants.RSA_PKCS1_PSS_PADDING;
      return `${text}.${sign('sha256', Buffer.from(text), { key, padding }).toString('base64url')}`;
    },
  ],
  [
    'two algs, "none" last',
    ({ real }) =>
      rsaToken(
        real.keys.privateKey,
        `{"alg":"RS256","kid":"${real.kid}","alg":"none"}`,
        claimsOf(real),
      ),
  ],
  [
    'two algs, "none" first, and a signature of somebody else',
    ({ real, hostile }) =>
      rsaToken(
        hostile.keys.privateKey,
        `{"alg":"none","kid":"${real.kid}","alg":"RS256"}`,
        claimsOf(real),
      ),
  ],
  [
    'a key that is for encryption',
    ({ real }) =>
      rsaToken(
        real.encryption.keys.privateKey,
        headerOf(real, { kid: real.encryption.kid }),
        claimsOf(real),
      ),
  ],
];

export const ALGORITHM_ATTACKS: readonly Attack[] = [...CONFUSED, ...UNSIGNED, ...ALGORITHMS];
