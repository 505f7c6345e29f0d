/** @module Where the emulator and the local stack answer alike, and where they are known not to: `docs/emulator.md`. */

import type { Seen } from './http-probes.ts';

/** A difference that is known, with what each of the two says. */
type Known = { readonly emulator: string; readonly local: string };

/** Of MiniStack 1.5.33. Each stands in the table of `docs/emulator.md`, with what AWS does and whose defect it is. */
const KNOWN: Readonly<Record<string, Known>> = {
  'the reference to a secret': { emulator: 'a name', local: 'an ARN' },
  'DynamoDB: ADD and DELETE of one attribute': { emulator: 'done', local: 'ValidationException' },
  'KeyValueStore: a value of 1 KB and a byte': { emulator: 'done', local: 'ValidationException' },
  'Scheduler: an expression that is none': { emulator: 'done', local: 'ValidationException' },
  'EventBridge: an event without a detail': { emulator: '0 failed', local: '1 failed' },
  'a file that is not there': { emulator: '403 application/xml', local: '404 application/xml' },
  'a file that must not be written': {
    emulator: '200 application/json',
    local: '403 text/html',
  },
  'a buy that names the item twice, rightly the second time': {
    emulator: '404 application/problem+json unknown-item',
    local: '409 application/problem+json sold-out',
  },
  'a file twice that may be kept': {
    emulator: 'miss from cloudfront',
    local: 'hit from cloudfront',
  },
};

/** What two places say, and on how much of it they agree. */
export type Comparison = {
  readonly alike: number;
  readonly asked: number;
  /** Differences that nobody has written down, and those that are no more; a sentence each. */
  readonly complaints: readonly string[];
};

/** Compares two places in what both were asked. */
export function compare(
  { emulator, local }: Readonly<Record<'emulator' | 'local', Seen>>,
  known: Readonly<Record<string, Known>> = KNOWN,
): Comparison {
  const asked = Object.keys(emulator).filter((name) => name in local);
  const complaints = asked.flatMap((name) => {
    const was = known[name];
    const [theirs, ours] = [emulator[name], local[name]];
    if (theirs === was?.emulator && ours === was?.local) return [];
    if (theirs === ours && was === undefined) return [];
    const said = `${name}: the emulator says "${theirs}", the local stack "${ours}"`;
    return [was === undefined ? said : `${said}; docs/emulator.md says otherwise`];
  });
  const alike = asked.filter((name) => emulator[name] === local[name]).length;
  return { alike, asked: asked.length, complaints };
}
