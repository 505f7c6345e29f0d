import { Command } from 'commander';
import { rotationSettings } from '../adapters/key-rotation.ts';
import { wait } from '../adapters/system-clock.ts';
import { rotate } from '../domain/rotation.ts';
import { type Changing, change, changing } from './changing.ts';
import { print } from './output.ts';
import { type Tell, withProgress } from './progress.ts';
import { reach } from './reach.ts';

/** So often it is said how long is still to be waited. */
const TELL_EVERY_MS = 1000;

/** `keys rotate`: signs sessions, tickets and challenges with a new key. */
export const keysCommand = () =>
  new Command('keys')
    .description('the keys that sign sessions, tickets and challenges')
    .addCommand(
      changing(
        new Command('rotate').description(
          'adds a key, waits until everybody knows it, and signs with it; takes 2 minutes, safe to repeat',
        ),
      ).action(rotateKeys),
    );

async function rotateKeys(options: Changing): Promise<void> {
  const deployed = reach(options);
  const { keys, clock } = deployed;
  const { active } = await keys.read();
  const changes = [
    `"${active}" signs now. A new key is added, and signs once edges and functions know it.`,
    'Nothing that was signed before loses its validity. Do not run it twice at a time.',
  ];
  const outcome = await change(deployed, options, { what: 'keys rotate', changes }, () =>
    withProgress('Rotating', (tell) =>
      rotate({ ...rotationSettings, keys, clock, wait: (ms) => waitAloud(ms, tell) }),
    ),
  );
  if (outcome.kind === 'too-many') {
    const at = new Date(outcome.freeAt).toISOString();
    throw new Error(`Cannot rotate: older keys are still in use; the first is free at ${at}`);
  }
  const kept = outcome.kept.length === 0 ? '' : `; kept for what they signed: ${outcome.kept}`;
  print(options, outcome, `Rotated: "${outcome.active}" signs${kept}`);
}

/** A prompt that says nothing for two minutes looks dead, and is ended. */
async function waitAloud(ms: number, tell: Tell): Promise<void> {
  for (let left = ms; left > 0; left -= TELL_EVERY_MS) {
    tell(`until edges and functions know the new key: ${Math.ceil(left / 1000)} s`);
    await wait(Math.min(left, TELL_EVERY_MS));
  }
}
