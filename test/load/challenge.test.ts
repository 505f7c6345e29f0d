import { describe, expect, test } from '@jest/globals';
import { createChallenge, verifySolution } from 'altcha-lib/v1';
import { type Challenge, solve } from '../../load/challenge.ts';

const EXPIRES = new Date('2026-11-27T18:05:00Z');

const aChallenge = async (number: number, maxnumber: number): Promise<Challenge> => ({
  ...(await createChallenge({ hmacKey: 'key', number, maxnumber, expires: EXPIRES })),
  maxnumber,
});

describe('solve()', () => {
  test.each([
    [0, 0],
    [1999, 2000],
    [2000, 2000],
    [4321, 5000],
  ])('finds %d of %d, and writes it down as ALTCHA reads it', async (number, largest) => {
    const { header, expires } = await solve(await aChallenge(number, largest));
    expect(JSON.parse(Buffer.from(header, 'base64').toString())).toMatchObject({ number });
    expect(await verifySolution(header, 'key', false)).toBe(true);
    expect(expires).toBe(EXPIRES.getTime());
  });

  test('looks no further than the largest number', async () => {
    await expect(solve(await aChallenge(11, 10))).rejects.toThrow('no number up to 10 gives it');
  });

  test('lets others work meanwhile', async () => {
    let turns = 0;
    const counting = setInterval(() => turns++, 1);
    await solve(await aChallenge(60_000, 60_000));
    clearInterval(counting);
    expect(turns).toBeGreaterThan(2);
  });
});
