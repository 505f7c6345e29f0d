/** @module A picture for what has none: a pattern of quarter circles, always the same one for the same name. */

const SVG = 'http://www.w3.org/2000/svg';

/** Tiles in a row and in a column. */
const SIDE = 4;

/** Colours that go with a page of paper and ink, in degrees. */
const HUES = [14, 32, 46, 158, 186, 208, 226, 336];

/** What a tile of 1 × 1 holds: a quarter circle around each of its corners, a circle, nothing. */
const SHAPES = [
  'M0 0h1a1 1 0 0 1-1 1z',
  'M1 0v1a1 1 0 0 1-1-1z',
  'M1 1h-1a1 1 0 0 1 1-1z',
  'M0 1v-1a1 1 0 0 1 1 1z',
  'M.5 .1a.4.4 0 0 1 0 .8a.4.4 0 0 1 0-.8z',
  '',
];

/** Numbers that look random and follow from a text (FNV-1a, then Numerical Recipes' generator). */
function numbersFrom(text: string): (below: number) => number {
  let state = 2_166_136_261;
  for (const char of text) state = Math.imul(state ^ (char.codePointAt(0) ?? 0), 16_777_619);
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    // Only the upper bits of a linear congruential generator look random.
    return Math.floor((state / 2 ** 32) * below);
  };
}

/** The picture; decoration, so that screen readers pass it by. */
export function illustration(name: string): SVGElement {
  const next = numbersFrom(name);
  const svg = document.createElementNS(SVG, 'svg');
  svg.setAttribute('viewBox', `0 0 ${SIDE} ${SIDE}`);
  svg.setAttribute('preserveAspectRatio', 'xMidYMid slice');
  svg.setAttribute('aria-hidden', 'true');
  svg.style.setProperty('--hue', String(HUES[next(HUES.length)]));
  for (let tile = 0; tile < SIDE * SIDE; tile++) {
    const path = document.createElementNS(SVG, 'path');
    path.setAttribute('d', SHAPES[next(SHAPES.length)] ?? '');
    path.setAttribute('transform', `translate(${tile % SIDE} ${Math.floor(tile / SIDE)})`);
    path.setAttribute('class', `tone-${next(3)}`);
    svg.append(path);
  }
  return svg;
}
