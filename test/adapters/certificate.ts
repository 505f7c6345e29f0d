/** @module A certificate for `localhost` that signs itself, made anew each time: Node makes keys, but no certificates. */

import { generateKeyPairSync, sign } from 'node:crypto';

/** Tag, length, value: everything in a certificate is written so. @see ITU-T X.690 */
function der(tag: number, ...parts: readonly Uint8Array[]): Buffer {
  const value = Buffer.concat(parts);
  const length =
    value.length < 128 ? [value.length] : [0x82, value.length >> 8, value.length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...length]), value]);
}

const sequence = (...parts: readonly Uint8Array[]) => der(0x30, ...parts);
const hex = (text: string) => Buffer.from(text, 'hex');
const number = (value: number) => der(0x02, Buffer.from([value]));
const time = (date: Date) =>
  der(0x17, Buffer.from(`${date.toISOString().replaceAll(/[-:T]/g, '').slice(2, 14)}Z`));

const ED25519 = sequence(der(0x06, hex('2b6570')));
const COMMON_NAME = der(0x06, hex('550403'));
const ALTERNATIVE_NAMES = der(0x06, hex('551d11'));
const DAY_MS = 86_400_000;

/** The key and the certificate, as PEM. */
export function selfSigned(): { readonly key: string; readonly cert: string } {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const host = Buffer.from('localhost');
  const name = sequence(der(0x31, sequence(COMMON_NAME, der(0x0c, host))));
  const names = der(0x04, sequence(der(0x82, host)));
  const now = Date.now();
  const body = sequence(
    der(0xa0, number(2)),
    number(1),
    ED25519,
    name,
    sequence(time(new Date(now - DAY_MS)), time(new Date(now + DAY_MS))),
    name,
    publicKey.export({ type: 'spki', format: 'der' }),
    der(0xa3, sequence(sequence(ALTERNATIVE_NAMES, names))),
  );
  const signature = der(0x03, Buffer.from([0]), sign(null, body, privateKey));
  const certificate = sequence(body, ED25519, signature);
  return {
    key: String(privateKey.export({ type: 'pkcs8', format: 'pem' })),
    cert: `-----BEGIN CERTIFICATE-----\n${certificate.toString('base64')}\n-----END CERTIFICATE-----\n`,
  };
}
