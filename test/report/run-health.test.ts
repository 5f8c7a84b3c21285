import { describe, expect, it } from 'vitest';
import { ns } from '../../src/kernel/units.ts';
import { renderHtml } from '../../src/report/html/html.ts';
import { runHealth } from '../../src/report/run-health.ts';
import { renderSvg } from '../../src/report/svg/svg.ts';
import { renderReport } from '../../src/report/text.ts';
import { replayed } from './real-runs.ts';
import { cgroup, mib, run, withoutReclaim, withReclaim } from './runs.ts';

/** Of a script's only run and its cgroup of this name. */
async function healthIn(name: string, path: string) {
  const [{ run: made }] = (await replayed(name)).runs;
  const found = made.cgroups.find((each) => each.path === path);
  if (found === undefined) throw new Error(`${name} has no ${path}`);
  return runHealth(found, made);
}

describe('what is said of a run that is over', { timeout: 60_000 }, () => {
  it.each([
    [
      'spinning',
      '/web',
      'spinning',
      /^memcontd takes 53 % of a CPU and frees nothing: it is to reach stop, 32M, but 52M can't be reclaimed$/,
      'set web low_wmark_in_bytes=54M high_wmark_in_bytes=58M',
    ],
    [
      'streaming',
      '/plain',
      'stalling',
      /^[\d,]+ stalls, p99 17.8 us: start is at the limit/,
      'set plain low_wmark_in_bytes=48M high_wmark_in_bytes=56M',
    ],
    [
      'oom',
      '/web',
      'out of memory',
      /^hog was killed: the limit of 16M was met/,
      'write web/limit_in_bytes 24M',
    ],
    ['hysteresis', '/web', 'background only', /^memcontd frees [\d.]+M, and nobody waits for it$/, ''],
    [
      'high-cliff',
      '/tight',
      'thrashing',
      /^[\d,]+ refaults and [\d,]+ stalls: /,
      'write tight/memory.high 59M',
    ],
  ] as const)('%s %s: %s', async (name, path, word, reason, advice) => {
    const health = await healthIn(name, path);
    expect(health).toMatchObject({ word, advice });
    expect(health.reason).toMatch(reason);
  });

  it('is for all of it: the stalls and the peak of what has given all of it back', () => {
    const [, , web] = withoutReclaim.cgroups;
    const gone = { ...web, usage: { ...web.usage, usage: mib(0) }, cache: mib(0) };
    expect(runHealth(gone, withoutReclaim).reason).toMatch(
      /^3,589 stalls, p99 1.2 ms: there is no background/,
    );
    const quiet = cgroup('/a', { usage: { usage: mib(1), max: mib(3) } });
    expect(runHealth(quiet, run([quiet])).reason).toBe('usage at most 3M, and no limit');
  });

  it('has no spinning that was over before it cost anything', () => {
    const warnings = [{ time: ns(1e9), cgroup: '/web', text: 'low', floor: mib(50) }];
    const [, , web] = withReclaim.cgroups;
    const short = { ...web, stat: { ...web.stat, bg_cpu_ns: 1e6 } };
    expect(runHealth(short, { ...withReclaim, warnings })).toMatchObject({
      word: 'background only',
      earlier: 'memcontd spun at 1 s',
    });
  });

  it('stands in every report, and what spins is no good news in any', async () => {
    const shown = await replayed('spinning');
    const said = "memcontd takes 53 % of a CPU and frees nothing: it is to reach stop, 32M, but 52M can't be";
    const [{ run: made }] = shown.runs;
    const plain = (markup: string): string =>
      markup
        .replace(/<style>.*?<\/style>/s, '')
        .replaceAll(/<[^>]*>/g, '')
        .replaceAll('\u00a0', ' ');
    for (const report of [renderSvg([shown]), await renderHtml([shown])]) {
      expect(plain(report)).toContain(`! SPINNING ${said}`);
      expect(plain(report)).toMatch(/try set web low_wmark_in_bytes=54M high_wmark_in_bytes=58M/);
      expect(report).not.toMatch(/class="(?:fact-awake|awake l)"[^>]*>[^<]*CPU/);
    }
    const text = renderReport(made, { width: 300, color: false, unicode: true });
    expect(text).toContain(`! SPINNING ${said}`);
  });
});
