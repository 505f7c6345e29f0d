import { describe, expect, test } from '@jest/globals';
import { USUAL } from '../../capacity/habits.ts';
import { limitsIn } from '../../capacity/limits.ts';
import { simulate } from '../../capacity/model.ts';
import { pictureOf } from '../../capacity/picture.ts';
import { planFor } from '../../capacity/plan.ts';

const TAG = /<(\/?)([a-zA-Z]+)(?: [a-zA-Z:-]+="[^"<]*")*(\/?)>/g;

/** Whether a text is well-formed XML, as far as this picture goes: each tag is closed, all else is escaped text. */
function isWellFormed(xml: string): boolean {
  if (/[<>]|&(?!#\d+;)/.test(xml.replace(TAG, ''))) return false;
  const open: (string | undefined)[] = [];
  const fits = [...xml.matchAll(TAG)].every(([, closing, name, alone]) => {
    if (closing) return open.pop() === name;
    if (!alone) open.push(name);
    return true;
  });
  return fits && open.length === 0;
}

const plan = planFor({ shoppers: 100_000, units: 100, seconds: 60, limit: 1 });
const { seconds } = simulate({ plan, limits: limitsIn('us-east-1'), habits: USUAL }, 'edge');

describe('pictureOf()', () => {
  const svg = pictureOf(seconds, 'Tom & Jerry <"live">', 75);

  test('is well-formed XML without a script, whatever the title', () => {
    expect(isWellFormed(svg)).toBe(true);
    expect(isWellFormed(`${svg}<`)).toBe(false);
    expect(isWellFormed(svg.replace('&#38;', '&'))).toBe(false);
    expect(svg).not.toMatch(/script|on\w+=|href/);
  });

  test('draws presses, refusals, admissions and orders, each named in the legend, and both axes', () => {
    for (const name of ['clicks', 'notYourTurn', 'admitted', 'sold']) {
      // Once in the legend, once in the plot, with a point for each second.
      const paths = [...svg.matchAll(new RegExp(`<path class="${name}" d="([^"]+)"`, 'g'))];
      expect(paths).toHaveLength(2);
      expect(paths[1]?.[1]?.split('L')).toHaveLength(75);
    }
    for (const words of ['presses of Buy', 'refused at the edge', 'admitted', 'sold']) {
      expect(svg).toContain(`>${words}</text>`);
    }
    expect(svg).toContain('>≤ 1/s</text>');
    expect(svg).toContain('>100,000/s</text>');
    expect(svg).toContain('>60</text>');
    expect(svg).toContain('seconds from the opening');
  });

  test('has colours for the dark', () => {
    expect(svg).toContain('prefers-color-scheme: dark');
  });

  test('is higher where there is more: the busiest second is the highest point', () => {
    const [, plot = ''] = [...svg.matchAll(/<path class="clicks" d="M([^"]+)"/g)].map(
      ([, points]) => points,
    );
    const heights = plot.split('L').map((point) => Number(point.split(' ')[1]));
    const clicks = seconds.slice(0, 75).map((second) => second.clicks);
    expect(heights.indexOf(Math.min(...heights))).toBe(clicks.indexOf(Math.max(...clicks)));
  });
});
