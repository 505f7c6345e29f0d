/** @module Identity tokens that nobody should be believed for. */

import { ALGORITHM_ATTACKS } from './identity-algorithms.ts';
import {
  type Attack,
  AUDIENCE,
  claimsOf,
  headerOf,
  nowSeconds,
  realToken,
  type Scrap,
} from './identity-tokens.ts';
import { type Claims, macToken, part, rsaToken } from './issuer.ts';

/** Signed by the hostile issuer, in the real one's name. */
const hostileToken = ({ real, hostile }: Scrap, header: object = {}, claims: Claims = {}): string =>
  rsaToken(hostile.keys.privateKey, headerOf(real, header), claimsOf(real, claims));

/** Key ids that a careless verifier would look up somewhere: in a folder, on the web, in a table, in an object. */
const KIDS: readonly unknown[] = [
  ...['../../../../dev/null', '/dev/null', 'file:///etc/passwd', 'k1\u0000', '', ' ', '*'],
  ...["x' OR '1'='1", 'x" UNION SELECT "', '{{jndi:ldap://127.0.0.1/x}}', '| cat /etc/passwd'],
  ...['__proto__', 'constructor', 'toString', 'A'.repeat(3000)],
  ...[0, 1, null, true, ['k1'], { kid: 'k1' }],
];

const INJECTED: readonly Attack[] = [
  ...KIDS.flatMap((kid): Attack[] => {
    const shown = JSON.stringify(kid).slice(0, 40);
    return [
      [`kid ${shown}, signed by somebody else`, (scrap) => hostileToken(scrap, { kid })],
      [
        `kid ${shown}, HS256 with an empty secret`,
        ({ real }) => macToken('', headerOf(real, { alg: 'HS256', kid }), claimsOf(real)),
      ],
    ];
  }),
  ['no kid, signed rightly', (scrap) => realToken(scrap, {}, { kid: undefined })],
  [
    'kid that is an address of the hostile issuer',
    (scrap) => hostileToken(scrap, { kid: `${scrap.hostile.url}/jwks` }),
  ],
  ['the real kid, signed by somebody else', (scrap) => hostileToken(scrap)],
  ...(['jku', 'x5u', 'iss', 'url'] as const).map((name): Attack => {
    const token = (scrap: Scrap) => hostileToken(scrap, { [name]: `${scrap.hostile.url}/jwks` });
    return [`header ${name} that leads to the hostile issuer`, token];
  }),
  [
    'header jwk with a key of its own',
    (scrap) => hostileToken(scrap, { jwk: scrap.hostile.jwks.keys[0], kid: undefined }),
  ],
  [
    'header jwk with a key of its own, and the real kid',
    (scrap) => hostileToken(scrap, { jwk: scrap.hostile.jwks.keys[0] }),
  ],
  [
    'header x5c with a certificate of its own',
    (scrap) => {
      const der = scrap.hostile.keys.publicKey.export({ type: 'spki', format: 'der' });
      return hostileToken(scrap, { x5c: [der.toString('base64')] });
    },
  ],
];

const seconds = (change: number) => () => ({ exp: nowSeconds() + change });

/** What the real issuer may well have signed, but not for a sign-in here and now. */
const CLAIMS: Readonly<Record<string, (scrap: Scrap) => Claims>> = {
  'of the hostile issuer': ({ hostile }) => ({ iss: hostile.url }),
  'of an issuer with a slash': ({ real }) => ({ iss: `${real.url}/` }),
  'of an issuer whose name begins so': ({ real }) => ({ iss: `${real.url}.evil.example` }),
  'of an issuer below it': ({ real }) => ({ iss: `${real.url}/evil` }),
  'of two issuers': ({ real, hostile }) => ({ iss: [real.url, hostile.url] }),
  'of no issuer': () => ({ iss: undefined }),
  'for nobody': () => ({ aud: undefined }),
  'for an empty audience': () => ({ aud: '' }),
  'for an empty list': () => ({ aud: [] }),
  'for others': () => ({ aud: ['another-shop', 'one-more'] }),
  'for an audience that begins so': () => ({ aud: `${AUDIENCE}-2` }),
  'for an audience in capitals': () => ({ aud: AUDIENCE.toUpperCase() }),
  'for an audience that is an object': () => ({ aud: { [AUDIENCE]: true } }),
  'given to another client': () => ({ aud: [AUDIENCE, 'another-shop'], azp: 'another-shop' }),
  'given to another client, for us alone': () => ({ azp: 'another-shop' }),
  'that is an access token': () => ({ token_use: 'access' }),
  'that was over a second ago': seconds(-1),
  'without an end': () => ({ exp: undefined }),
  'whose end is a text': () => ({ exp: '9999999999' }),
  'whose end is null': () => ({ exp: null }),
  'that begins later': () => ({ nbf: nowSeconds() + 60 }),
  'whose beginning is a text': () => ({ nbf: '0' }),
  'of nobody': () => ({ sub: undefined }),
  'of an empty subject': () => ({ sub: '' }),
  'of a list of subjects': () => ({ sub: ['eve', 'ada'] }),
  'of a number': () => ({ sub: 7 }),
};

const FORMS: readonly Attack[] = [
  ['an access token by its type', (scrap) => realToken(scrap, {}, { typ: 'at+jwt' })],
  [
    'an access token by its whole media type',
    (scrap) => realToken(scrap, {}, { typ: 'application/AT+JWT' }),
  ],
  ['a logout token', (scrap) => realToken(scrap, {}, { typ: 'logout+jwt' })],
  [
    'content exchanged under a good signature',
    (scrap) => {
      const [head, , signature] = realToken(scrap).split('.');
      return `${head}.${part(claimsOf(scrap.real, { sub: 'ada' }))}.${signature}`;
    },
  ],
  [
    'a subject twice, unsigned by the issuer',
    (scrap) => {
      const json = JSON.stringify(claimsOf(scrap.real)).replace('{', '{"sub":"ada",');
      const [head, , signature] = realToken(scrap).split('.');
      return `${head}.${part(json)}.${signature}`;
    },
  ],
  ['nothing', () => ''],
  ['a word', () => 'token'],
  ['three letters', () => 'a.b.c'],
  ['the last character cut off', (scrap) => realToken(scrap).slice(0, -1)],
  ['an empty signature', (scrap) => realToken(scrap).replace(/[^.]*$/, '')],
  ['no signature at all', (scrap) => realToken(scrap).replace(/\.[^.]*$/, '')],
  ['a fourth part', (scrap) => `${realToken(scrap)}.x`],
  ['five parts, as an encrypted one has', (scrap) => `${realToken(scrap)}.x.y`],
  ['padding', (scrap) => realToken(scrap).replace('.', '=.')],
  ['two tokens in one header', (scrap) => `${realToken(scrap)}, Bearer ${realToken(scrap)}`],
  ['content that is no object', ({ real }) => rsaToken(real.keys.privateKey, headerOf(real), '[]')],
  ['content that is null', ({ real }) => rsaToken(real.keys.privateKey, headerOf(real), 'null')],
  ['a header that is no object', ({ real }) => rsaToken(real.keys.privateKey, '7', claimsOf(real))],
  [
    'claims under the prototype',
    ({ real }) => {
      const json = JSON.stringify({ ...claimsOf(real), sub: undefined });
      const content = json.replace('{', '{"__proto__":{"sub":"ada"},');
      return rsaToken(real.keys.privateKey, headerOf(real), content);
    },
  ],
];

export const ATTACKS: readonly Attack[] = [
  ...ALGORITHM_ATTACKS,
  ...INJECTED,
  ...Object.entries(CLAIMS).map(([name, changes]): Attack => {
    return [`signed rightly, ${name}`, (scrap) => realToken(scrap, changes(scrap))];
  }),
  ...FORMS,
];
