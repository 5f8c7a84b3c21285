import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { Replay } from '../src/cli/commands/replay-run.ts';
import { readReplay } from '../src/cli/options/replay.ts';
import type { ReplayOutput } from '../src/cli/output/replay-output.ts';
import type { Look } from '../src/report/look.ts';
import { renderComparison, renderReport } from '../src/report/text.ts';
import { Mistake } from '../src/script/mistake.ts';
import type { RunResult } from '../src/script/result.ts';

const FOLDER = fileURLToPath(new URL('../fixtures/', import.meta.url));
/** Wide enough that no sentence is broken. */
const LOOK: Look = { width: 200, color: false, unicode: true };
const SLOWEST = 60_000;

/** Every machine runs boot.memcg, so it is replayed with each of them. */
const FIXTURES = readdirSync(FOLDER)
  .filter((name) => name.endsWith('.memcg') && !name.startsWith('boot'))
  .map((name) => name.slice(0, -'.memcg'.length))
  .sort();

interface Lesson {
  readonly fixture: string;
  readonly teaches: string;
  readonly line: string;
  readonly compare: boolean;
}

const ROW =
  /^\| \[(?<fixture>[^\]]+)\]\((?<target>[^)]+)\) \| (?<teaches>.+) \| `(?<line>[^`]+)`(?<compare> \(with `--compare`\))? \|$/;

/** What stands behind this heading is tested with the dashboard. */
const [TABLES] = readFileSync(`${FOLDER}README.md`, 'utf8').split('## What the dashboard says');
const LESSONS: readonly Lesson[] = TABLES.split('\n')
  .filter((line) => line.startsWith('| ['))
  .map(lessonOf);

function lessonOf(row: string): Lesson {
  const cells = ROW.exec(row)?.groups;
  if (cells === undefined) throw new Error(`not a row of the table of fixtures: ${row}`);
  const { fixture, target, teaches, line, compare } = cells;
  if (target !== `${fixture}.memcg`) throw new Error(`${fixture} links to ${target}`);
  return { fixture, teaches, line, compare: compare !== undefined };
}

interface Replayed {
  readonly on: RunResult;
  /** What `memcg replay` writes to standard output. */
  readonly text: string;
}

/** As `memcg replay` does it, but for where the text goes. */
async function replay(fixture: string, compare: boolean): Promise<Replayed> {
  let printed = '';
  const output: ReplayOutput = {
    print: (text) => {
      printed += text;
    },
    keepOutput: false,
    draws: false,
    progress: () => {},
    drained: async () => {},
    show: () => {},
    end: () => {},
  };
  const script = `${FOLDER}${fixture}.memcg`;
  const options = readReplay({ compare, group: '/default', color: false }, [script]);
  if (options instanceof Mistake) throw options;
  const runs = await new Replay(options, output, null, new AbortController().signal).replay(script);
  if (runs instanceof Mistake) throw runs;
  const { on, off } = runs;
  return { on, text: printed + (off === null ? renderReport(on, LOOK) : renderComparison(on, off, LOOK)) };
}

/** How wide the columns are depends on the terminal. */
const evenly = (line: string): string => line.trim().replace(/\s+/g, ' ');

const lessonOn = (fixture: string): Lesson | undefined =>
  LESSONS.find((lesson) => lesson.fixture === fixture);

describe('a fixture', () => {
  test.each(FIXTURES)('%s asserts what it teaches, and it is so', { timeout: SLOWEST }, async (fixture) => {
    const lesson = lessonOn(fixture);
    const { on, text } = await replay(fixture, lesson?.compare ?? false);
    expect(on.error).toBeNull();
    expect(on.expectations.failed).toEqual([]);
    expect(on.expectations.passed).toBeGreaterThan(0);
    expect(on.ok).toBe(true);
    const line = evenly(lesson?.line ?? 'a row in fixtures/README.md');
    const shown = text.split('\n').map(evenly);
    expect(
      shown.some((each) => each.includes(line)),
      `the output has a line with: ${line}`,
    ).toBe(true);
  });

  test('leaves the default group of boot.memcg as it was, or nobody could try two at once', async () => {
    const { on } = await replay('order', false);
    const group = on.cgroups.find(({ path }) => path === '/default');
    expect(group?.files).toMatchObject({
      'memory.low_wmark_in_bytes': `${32 * 2 ** 20}`,
      'memory.high_wmark_in_bytes': `${48 * 2 ** 20}`,
      'memory.limit_in_bytes': `${128 * 2 ** 20}`,
    });
  });
});

describe('the table in fixtures/README.md', () => {
  test('lists every fixture once, and no other', () => {
    expect(LESSONS.map(({ fixture }) => fixture).sort()).toEqual(FIXTURES);
  });

  test.each(LESSONS)('says in one sentence what $fixture teaches', ({ teaches }) => {
    expect(teaches).toMatch(/^\S[^.]*\.$/);
  });
});
