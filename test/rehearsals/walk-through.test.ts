import { describe, expect, test } from '@jest/globals';
import { missingLine, stepsBelow } from './walk-through.ts';

const DOCUMENT = `# Operations

## Other

\`\`\`sh
never
\`\`\`

## First sale

Words.

\`\`\`sh
one --yes
\`\`\`

\`\`\`text
Did … things
\`\`\`

### Below

\`\`\`sh
two
\`\`\`

## Next

\`\`\`sh
never
\`\`\`
`;

describe('stepsBelow()', () => {
  test('takes the commands of a section, each with what it prints', () => {
    expect(stepsBelow(DOCUMENT, 'First sale')).toEqual([
      { command: 'one --yes\n', prints: ['Did … things'] },
      { command: 'two\n', prints: [] },
    ]);
  });

  test('says which heading is not there', () => {
    expect(() => stepsBelow(DOCUMENT, 'Second sale')).toThrow('no heading "Second sale"');
  });
});

describe('missingLine()', () => {
  test('lets … stand for anything, and nothing else', () => {
    expect(missingLine('a\nDid 5 things\nb', ['Did … things'])).toBeUndefined();
    expect(missingLine('Did 5 things.', ['Did … things'])).toBe('Did … things');
  });

  test('wants lines in their order', () => {
    expect(missingLine('a\nb', ['a', 'b'])).toBeUndefined();
    expect(missingLine('b\na', ['a', 'b'])).toBe('b');
  });
});
