import { Command } from 'commander';
import { rotationSettings } from '../adapters/key-rotation.ts';
import { wait } from '../adapters/system-clock.ts';
import { rotate } from '../domain/rotation.ts';
import { outputsOption, type Reach, reach } from './reach.ts';

/** So often it is said how long is still to be waited. */
const TELL_EVERY_MS = 15_000;

/** `keys rotate`: signs sessions, tickets and challenges with a new key. */
export const keysCommand = () =>
  new Command('keys')
    .description('the keys that sign sessions, tickets and challenges')
    .addCommand(
      new Command('rotate')
        .description(
          'adds a key, waits until everybody knows it, and signs with it; safe to repeat',
        )
        .addOption(outputsOption())
        .action(rotateKeys),
    );

async function rotateKeys(options: Reach): Promise<void> {
  const { keys, clock } = reach(options);
  const outcome = await rotate({ ...rotationSettings, keys, clock, wait: waitAloud });
  if (outcome.kind === 'too-many') {
    const at = new Date(outcome.freeAt).toISOString();
    throw new Error(`Cannot rotate: older keys are still in use; the first is free at ${at}`);
  }
  const kept = outcome.kept.length === 0 ? '' : `; kept for what they signed: ${outcome.kept}`;
  console.log(`Rotated: "${outcome.active}" signs${kept}`);
}

/** A prompt that says nothing for two minutes looks dead, and is ended. */
async function waitAloud(ms: number): Promise<void> {
  for (let left = ms; left > 0; left -= TELL_EVERY_MS) {
    console.log(`Waiting until edges and functions know the new key: ${Math.ceil(left / 1000)} s`);
    await wait(Math.min(left, TELL_EVERY_MS));
  }
}
