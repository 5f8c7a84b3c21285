import { describe, expect, test } from 'vitest';
import { renderHtml } from '../../src/report/html/html.ts';
import { toJson } from '../../src/report/json.ts';
import { renderOpenMetrics } from '../../src/report/openmetrics.ts';
import { alone } from '../../src/report/picture/shown.ts';
import { renderSvg } from '../../src/report/svg/svg.ts';
import { renderComparison, renderReport } from '../../src/report/text.ts';
import { runLines } from '../script/scripts.ts';

/** What was read again, of programs of which nobody knows it. */

const LOOK = { width: 200, color: false, unicode: true };
const MARKS = 'set default low_wmark_in_bytes=4M high_wmark_in_bytes=4M limit_in_bytes=4M';
const twice = (spawn: string): string[] => [MARKS, spawn, 'run app stream f 8M --times 2'];
const ran = (lines: readonly string[]) => runLines(lines, { timeline: true, keepOutput: false });
const refaultsIn = async (lines: readonly string[], path = '/default'): Promise<number | null | undefined> =>
  (await ran(lines)).cgroups.find((each) => each.path === path)?.stat.refaults;

describe('re-reads', () => {
  test('are counted of a script, whatever is said of others', async () => {
    expect(await refaultsIn(twice('spawn app'))).toBe(2_048);
    expect(await refaultsIn(twice('spawn app --rereads known'))).toBe(2_048);
    expect(await refaultsIn(['mkdir web', 'spawn x web --rereads unknown', ...twice('spawn app')])).toBe(
      2_048,
    );
  });

  test.each([
    ['of a task that says so', ['spawn app --rereads unknown']],
    [
      'of one that has come from elsewhere',
      ['mkdir web', 'spawn app web --rereads unknown', 'attach app default'],
    ],
    ['of one that is gone', ['spawn old --rereads unknown', 'kill old', 'spawn app']],
  ])('are unknown %s', async (_, spawn) => {
    expect(await refaultsIn([MARKS, ...spawn, 'run app stream f 8M --times 2'])).toBeNull();
  });

  test('that are unknown are so in reclaim_stat, and no number', async () => {
    const check = 'expect default/reclaim_stat:refaults == unknown';
    expect((await ran([...twice('spawn app --rereads unknown'), check])).ok).toBe(true);
  });

  test('that are unknown are so in every report, with the way to learn them', async () => {
    const run = await ran(twice('spawn app --rereads unknown'));
    const shown = alone(run);
    const json = toJson(run);
    expect(json.cgroups['/default']?.reclaim_stat.refaults).toBeNull();
    expect(json.unknown).toMatch(/record --trace.*--files/);
    for (const text of [renderReport(run, LOOK), renderComparison(run, run, LOOK)]) {
      expect(text).toMatch(/re-reads +unknown/);
      expect(text).toContain('record --trace');
      expect(text).not.toMatch(/refaults +\d/);
    }
    expect(shown.sentence).toContain('re-reads unknown');
    expect(renderSvg([shown])).toContain('re-reads unknown');
    const metrics = renderOpenMetrics([shown]);
    expect(metrics).toMatch(/\nmemcg_rereads_unknown\{[^}]*\} 1 /);
    expect(metrics).not.toMatch(/\nmemcg_refaults_total/);
    expect(await renderHtml([shown])).toContain('record --trace');
  });
});

describe('a recording of before there was a word for it', () => {
  const HEAD = ['# State: completed', '# a program that is run, recorded by memcg', '#   record', '#', MARKS];

  test.each([
    ['knows no re-reads', [...HEAD, 'spawn app', 'run app stream f 8M'], null],
    ['is gone by where it says', [...HEAD, 'spawn app --rereads known', 'run app stream f 8M'], 0],
    ['is known by what it says it is', ['# State: completed', '# x, imported', MARKS, 'spawn app'], 0],
    ['says so in its first line', ['# app, recorded by memcg record', MARKS, 'spawn app'], 0],
  ])('%s', async (_, lines, refaults) => {
    expect(await refaultsIn(lines)).toBe(refaults);
  });
});
