import { describe, expect, test } from 'vitest';
import { type Pages, pages } from '../../src/kernel/units.ts';
import { type LimitPoint, limitsSentence, pointsOf, renderLimits } from '../../src/report/limit-runs.ts';
import { underLimits } from '../../src/report/picture/shown.ts';
import { renderSvg } from '../../src/report/svg/svg.ts';
import { nothingRan } from '../../src/script/notes.ts';

const MIB = 256;

/** A script that re-reads so many pages at each limit, in MiB. */
const points = (rereads: Readonly<Record<number, number | null>>): LimitPoint[] =>
  Object.entries(rereads).map(([limit, each]) => ({
    limit: pages(Number(limit) * MIB),
    run: nothingRan('web.memcg'),
    rereads: each,
    failures: 3,
    stalls: 0,
    waited: 0,
    cpu: 0,
    kills: 0,
  }));

describe('runs under several limits', () => {
  test.each([
    [{ 8: 1200, 16: 10, 32: 0, 64: 0 }, 'limits: 1,200 re-reads at 8M, none from 32M on'],
    [{ 8: 1200, 16: 10 }, 'limits: 1,200 re-reads at 8M, 10 at 16M'],
    [{ 8: 0, 16: 0 }, 'limits: nothing is read again from 8M on'],
    [{ 8: null, 16: null }, 'limits: unknown re-reads at 8M, unknown at 16M'],
  ])('that read %o again are told as "%s"', (rereads, sentence) => {
    expect(limitsSentence(points(rereads))).toBe(sentence);
  });

  test('stand in lines above their curve, no wider than the terminal', () => {
    const look = { width: 60, color: false, unicode: false };
    const text = renderLimits(points({ 8: 1200, 16: 10, 32: 0 }), look);
    expect(text).toMatch(/^ {2}8M +1,200 +3 +0 +0 /m);
    expect(text).toMatch(/^ {2}1,200 \|\*/m);
    expect(text).toMatch(/8M +32M\n$/);
    for (const line of text.split('\n')) expect(line.length).toBeLessThanOrEqual(60);
    expect(renderLimits(points({ 8: 1200, 16: 10 }), { ...look, width: 20 })).toContain('1,200');
  });

  test('are one picture, the least limit first', () => {
    const runs = [nothingRan('web.memcg'), nothingRan('web.memcg')];
    const limits: Pages[] = [pages(64 * MIB), pages(8 * MIB)];
    expect(pointsOf(runs, limits).map(({ limit }) => limit)).toEqual([8 * MIB, 64 * MIB]);
    const svg = renderSvg([underLimits(runs, limits)]);
    expect(svg).toContain('<title>8M: 0 re-reads</title>');
    expect(svg.match(/<circle/g)).toHaveLength(2);
  });
});
