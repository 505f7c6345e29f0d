/** @module What the headers of a buy show of its buyer. Addresses, devices and agents are hashed with the sale's salt. */

import { isIPv4, isIPv6 } from 'node:net';
import type { Trace } from '../domain/trace.ts';
import { mac } from './hmac.ts';

type Headers = Readonly<Record<string, string | undefined>>;

const DEVICE = /^[\w-]{22}$/;
/** @see https://github.com/FoxIO-LLC/ja4/blob/main/technical_details/JA4.md */
const JA4 = /^[a-z0-9]{10}_[0-9a-f]{12}_[0-9a-f]{12}$/i;
const COUNTRY = /^[A-Z]{2}$/;

/** The trace in the headers of a buy. What is missing or not well formed is left out: it refuses nobody. */
export function traceIn(headers: Headers, salt: string): Trace {
  const value = (name: string, form: RegExp) => form.exec(headers[name] ?? '')?.[0] ?? '';
  const hashed = (label: string, text: string, chars = 12) =>
    text && mac(salt, `${label}.${text}`).slice(0, chars);
  const trace = {
    network: hashed('network', networkOf(headers['cloudfront-viewer-address'] ?? '')),
    device: hashed('device', value('x-device', DEVICE)),
    ja4: value('cloudfront-viewer-ja4-fingerprint', JA4),
    agent: hashed('agent', headers['user-agent'] ?? '', 8),
    country: value('cloudfront-viewer-country', COUNTRY),
  };
  return Object.fromEntries(Object.entries(trace).filter(([, found]) => found));
}

/** CloudFront writes an IPv6 address without brackets. */
const ADDRESS = /^(?:::ffff:(?=\d+\.))?(.+):\d{1,5}$/i;

/** The /24 or /48 of `<address>:<port>`; empty where it is neither. */
function networkOf(address: string): string {
  const ip = ADDRESS.exec(address)?.[1] ?? '';
  if (isIPv4(ip)) return ip.slice(0, ip.lastIndexOf('.'));
  if (!isIPv6(ip)) return '';
  const [head = [], tail = []] = ip.split('::').map((part) => part.split(':'));
  const left = Math.max(0, 8 - head.length - tail.length);
  const groups = [...head, ...Array<string>(left).fill('0'), ...tail].slice(0, 3);
  return groups.map((group) => Number.parseInt(group || '0', 16)).join(':');
}
