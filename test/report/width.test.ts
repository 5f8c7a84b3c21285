import fc from 'fast-check';
import stringWidth from 'string-width';
import { expect, it } from 'vitest';
import { ns, pages } from '../../src/kernel/units.ts';
import { MIN_WIDTH } from '../../src/report/look.ts';
import { renderComparison, renderReport } from '../../src/report/text.ts';
import { widthOf } from '../../src/report/width.ts';
import type { CgroupResult, RunResult } from '../../src/script/result.ts';
import { cgroup, run } from './runs.ts';

const size = fc.oneof(fc.nat(300_000), fc.integer({ min: 0, max: 2 ** 31 }));
const number = fc.oneof(fc.nat(100), fc.nat(), fc.maxSafeNat());
const name = fc.oneof(
  fc.string({ unit: 'grapheme' }),
  fc.string({ unit: 'binary' }),
  fc.constant('長い名前'.repeat(30)),
);

const history = fc
  .tuple(
    fc.array(fc.tuple(number, size, size), { maxLength: 60 }),
    fc.array(fc.tuple(number, fc.option(size), fc.option(size), fc.option(size)), { maxLength: 6 }),
  )
  .map(([samples, marks]) => ({
    samples: samples
      .toSorted(([a], [b]) => a - b)
      .map(([time, a, b]) => ({
        time: ns(time),
        min: pages(Math.min(a, b)),
        max: pages(Math.max(a, b)),
        last: pages(b),
      })),
    marks: marks
      .toSorted(([a], [b]) => a - b)
      .map(([time, ...values]) => {
        const [low, high, limit] = values.map((value) => (value === null ? null : pages(value)));
        return { time: ns(time), low, high, limit };
      }),
  }));

const group: fc.Arbitrary<CgroupResult> = fc
  .record({
    path: name,
    failcnt: number,
    numbers: fc.array(number, { minLength: 18, maxLength: 18 }),
    sizes: fc.tuple(size, size, size, size, size),
    history,
  })
  .map(({ path, failcnt, numbers, sizes, history: drawn }) => {
    const blank = cgroup(`/${path}`, { failcnt, history: drawn });
    const [usage, low, high, limit, max] = sizes.map(pages);
    const keys = Object.keys(blank.stat).filter((key) => key !== 'bg_state');
    const stat = { ...blank.stat, ...Object.fromEntries(keys.map((key, i) => [key, numbers[i]])) };
    return { ...blank, stat, usage: { usage, low, high, limit, max } };
  });

const anyRun: fc.Arbitrary<RunResult> = fc
  .record({
    groups: fc.array(group, { maxLength: 3 }),
    script: name,
    text: name,
    time: number,
    wrong: fc.nat(4),
  })
  .map(({ groups, script, text, time, wrong }) => {
    const place = { file: script, line: time, column: 1 };
    return run(groups, {
      script,
      virtualNs: ns(time),
      realMs: time / 7,
      expectations: { passed: 1, failed: new Array(wrong).fill({ ...place, text, found: text }), omitted: 0 },
      warnings: groups.map(({ path }) => ({ time: ns(time), cgroup: path, text, floor: pages(1) })),
      error:
        wrong % 2 === 0 ? null : { ...place, kind: 'mistake', message: text, why: '', errno: null, text },
    });
  });

const look = fc.record({
  width: fc.integer({ min: 1, max: 200 }),
  color: fc.boolean(),
  unicode: fc.boolean(),
});

it('no line of any report or comparison is wider than the terminal, and every number is one', () => {
  fc.assert(
    fc.property(anyRun, anyRun, look, (on, off, asked) => {
      const width = Math.max(MIN_WIDTH, asked.width);
      const lines = [renderReport(on, asked), renderComparison(on, off, asked)].flatMap((text) =>
        text.split('\n'),
      );
      expect(lines.filter((line) => stringWidth(line) > width)).toEqual([]);
      expect(lines.filter((line) => /NaN|undefined|Infinity/.test(line))).toEqual([]);
    }),
  );
});

it('measures a text as string-width does, styled or not', () => {
  const drawn = fc.string({ unit: fc.constantFrom(...'a─⣿█…→▲é­ —“●😀長\u0301', '\x1b[1;31m', '\x1b[0m') });
  fc.assert(
    fc.property(fc.oneof(drawn, name), (text) => {
      expect(widthOf(text)).toBe(stringWidth(text));
    }),
    { numRuns: 1000 },
  );
});

it('knows every character that it does not look up', () => {
  for (let code = 0x20; code < 0x2900; code += 1) {
    const character = String.fromCharCode(code);
    expect([code, widthOf(character)]).toEqual([code, stringWidth(character)]);
  }
});
