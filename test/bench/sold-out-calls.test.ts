import { describe, expect, test } from '@jest/globals';
import { beyondViews, callsPerThousand, type Stretch } from '../../bench/sold-out-calls.ts';

const call = (operation: string, calls: number, changes: object = {}) => ({
  ...{ function: 'Buy', service: 'dynamodb', operation, calls },
  ...changes,
});

const stretch = (changes: Partial<Stretch>): Stretch => ({
  ...{ calls: [], ms: 2500, rejects: 5000, environments: 1 },
  ...changes,
});

const beyond = (...calls: Stretch['calls']) => beyondViews(stretch({ calls }));

describe('beyondViews()', () => {
  test('an environment may look at its sale three times in 2.5 s, not four times', () => {
    expect(beyond(call('BatchGetItem', 3))).toBe(0);
    expect(beyond(call('BatchGetItem', 4))).toBe(0.4);
  });

  test('each environment may', () => {
    const calls = [call('BatchGetItem', 6)];
    expect(beyondViews(stretch({ calls, environments: 2 }))).toBe(0);
    expect(beyondViews(stretch({ calls, environments: 1 }))).toBe(1.2);
  });

  test('no write is a look, however few looks there are', () => {
    expect(beyond(call('PutItem', 1))).toBe(0.4);
    expect(beyond(call('BatchGetItem', 1), call('UpdateItem', 5))).toBe(2);
  });

  test('what other functions do meanwhile, and other services, is not its affair', () => {
    expect(
      beyond(
        call('UpdateItem', 9, { function: 'Sweep' }),
        call('GetSecretValue', 9, { service: 'secretsmanager' }),
      ),
    ).toBe(0);
  });
});

test('callsPerThousand() counts the buy function alone, and every service', () => {
  const calls = [
    call('BatchGetItem', 3),
    call('GetSecretValue', 2, { service: 'secretsmanager' }),
    call('BatchGetItem', 50, { function: 'Sweep' }),
  ];
  expect(callsPerThousand(stretch({ calls }))).toBe(1);
});
