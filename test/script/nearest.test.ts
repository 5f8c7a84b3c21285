import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { showLine } from '../../src/script/mistake.ts';
import { editDistance, nearest } from '../../src/script/nearest.ts';

describe('the distance of two words', () => {
  it.each([
    ['write', 'write', 0],
    ['wriet', 'write', 1],
    ['writ', 'write', 1],
    ['wwrite', 'write', 1],
    ['wrote', 'write', 1],
    ['', 'abc', 3],
    ['kitten', 'sitting', 3],
  ])('%s and %s: %i', (a, b, distance) => {
    expect(editDistance(a, b)).toBe(distance);
  });

  it('is the same both ways, and 0 only for the same word', () => {
    const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 8 });
    fc.assert(
      fc.property(word, word, (a, b) => {
        expect(editDistance(a, b)).toBe(editDistance(b, a));
        expect(editDistance(a, b) === 0).toBe(a === b);
        expect(editDistance(a, b)).toBeGreaterThanOrEqual(Math.abs(a.length - b.length));
      }),
    );
  });
});

describe('the nearest word', () => {
  const words = ['mkdir', 'rmdir', 'write', 'wait', 'usage_in_bytes', 'max_usage_in_bytes'];

  it.each([
    ['mkdri', 'mkdir'],
    ['MKDIR', 'mkdir'],
    ['rm', null],
    ['usge_in_byte', 'usage_in_bytes'],
    ['frobnicate', null],
    ['', null],
  ])('to %j is %j', (word, expected) => {
    expect(nearest(word, words)).toBe(expected);
  });
});

describe('a line that is shown', () => {
  it('has a caret below the column', () => {
    expect(showLine('mkdir web', 7)).toBe('  mkdir web\n        ^');
  });

  it('has blanks for what would move the cursor', () => {
    expect(showLine('\ta\u001b[0m b', 8)).toBe('   a [0m b\n         ^');
  });

  it('is cut to what is around the column when it is long', () => {
    const [line, caret] = showLine(`${'a'.repeat(1000)}X${'b'.repeat(1000)}`, 1001).split('\n');
    expect(line.length).toBeLessThan(120);
    expect(line[caret.length - 1]).toBe('X');
  });

  it('is not shown without a column', () => {
    expect(showLine('mkdir web', 0)).toBe('');
  });
});
