/** @module Everything that a stack says to anybody, kept, and searched for what nobody may be told. */

import type { Distribution } from '../../local/cloudfront/distribution.ts';
import type { Scene } from '../stack/scene.ts';

/** One thing that was said. */
export type Said = {
  readonly kind: 'log' | 'metric' | 'answer' | 'event' | 'command' | 'template';
  /** Who said it: a function, a request, a command, a file. */
  readonly where: string;
  readonly text: string;
};

/** What must not be said, and where it may be all the same. */
export type Secret = {
  readonly name: string;
  readonly value: string;
  /** Whether its owner may be told it in this place. @default nowhere */
  readonly may?: (said: Said) => boolean;
};

export type Ears = {
  readonly heard: Said[];
  /** What functions printed, `Name: text`, which is told before anything else is there to hear it. */
  readonly log: (line: string) => void;
  /** Listens to a stack: answers of the site, metrics. */
  attach(scene: Scene): void;
  hear(kind: Said['kind'], where: string, text: string): void;
};

/** The site's front, which the stack keeps to itself. */
type Fronted = {
  readonly front: { readonly distribution: { handle: Distribution['handle'] } };
};

export function openEars(): Ears {
  const heard: Said[] = [];
  const hear: Ears['hear'] = (kind, where, text) => heard.push({ kind, where, text });
  return {
    heard,
    hear,
    log(line) {
      const at = line.indexOf(': ');
      hear('log', line.slice(0, at), line.slice(at + 2));
    },
    attach({ stack }) {
      const read = stack.metrics.read.bind(stack.metrics);
      stack.metrics.read = (line) => {
        const isMetric = read(line);
        if (isMetric) hear('metric', 'a function', line);
        return isMetric;
      };
      const { distribution } = (stack as unknown as Fronted).front;
      const handle = distribution.handle.bind(distribution);
      distribution.handle = async (viewer) => {
        const answer = await handle(viewer);
        const { status, headers, body } = answer;
        const text = typeof body === 'string' ? body : Buffer.from(body).toString();
        const where = `${viewer.method} ${viewer.path}`;
        hear('answer', where, `${status} ${JSON.stringify(headers)}\n${text}`);
        return answer;
      };
    },
  };
}

/** Ways in which a value may be written that give it away all the same. */
export function spellings(value: string): readonly string[] {
  const bytes = Buffer.from(value);
  const base64 = bytes.toString('base64').replace(/=+$/, '');
  const all = [
    ...[value, encodeURIComponent(value), JSON.stringify(value).slice(1, -1)],
    ...[base64, bytes.toString('base64url'), bytes.toString('hex')],
  ];
  return [...new Set(all)];
}

/** A line for each place in which a secret was said that may not be said there. The value itself is left out. */
export function leaksIn(heard: readonly Said[], secrets: readonly Secret[]): readonly string[] {
  return secrets.flatMap(({ name, value, may }) => {
    // A short text is found everywhere by accident, and would be no secret.
    if (value.length < 8) throw new RangeError(`Cannot search for "${name}": it is too short`);
    const written = spellings(value);
    return heard
      .filter((said) => !may?.(said) && written.some((text) => said.text.includes(text)))
      .map(({ kind, where }) => `${name} in ${kind} of ${where}`);
  });
}
