import { parseHTML } from 'linkedom';
import { describe, expect, it } from 'vitest';
import { alone } from '../../src/report/picture/shown.ts';
import { renderSvg } from '../../src/report/svg/svg.ts';
import { linesRan, manyCgroups, replayed, replayedTwice } from './real-runs.ts';
import { cgroup, run } from './runs.ts';

const parse = (svg: string) => parseHTML(`<!doctype html><html><body>${svg}</body></html>`).document;
const texts = (svg: string): string[] =>
  [...parse(svg).querySelectorAll('text')].map((each) => each.textContent ?? '');

describe('a picture', { timeout: 60_000 }, () => {
  it('is the same to the byte each time, and small', async () => {
    const [first, second] = [await replayedTwice('rfc-dd'), await replayedTwice('rfc-dd')].map((shown) =>
      renderSvg([shown]),
    );
    expect(first).toBe(second);
    expect(first.length).toBeLessThan(60_000);
  });

  it('says what came out, and names runs, marks and axes where they are', async () => {
    const all = texts(renderSvg([await replayedTwice('rfc-dd')]));
    for (const text of [
      'fixtures/rfc-dd.memcg',
      '/dd',
      'with memcontd',
      'without',
      'limit 64M',
      'start 56M',
      'stop 48M',
      '3,584 limit failures',
      '3,584 failures',
      'virtual time',
      '64M',
      '1 s',
      'stall time',
      '20 us',
      'p50 = p99 = max 17.8 us',
    ]) {
      expect(all, text).toContain(text);
    }
    expect(all.some((text) => text.startsWith('background reclaim: limit failures 3,584 → 0'))).toBe(true);
  });

  it('shades waking times with memcontd, marks failures without', async () => {
    const document = parse(renderSvg([await replayedTwice('rfc-dd')]));
    expect(document.querySelectorAll('g.awake rect').length).toBeGreaterThan(20);
    expect(document.querySelectorAll('g.bad rect').length).toBeGreaterThan(0);
    expect(document.querySelectorAll('g.usage path').length).toBe(2);
    expect(document.querySelectorAll('path.kill').length).toBe(0);
  });

  it('marks an OOM kill with its victim', async () => {
    const svg = renderSvg([await replayed('oom')]);
    expect(texts(svg)).toContain('hog killed');
    // One in the plot and one in the key.
    expect(parse(svg).querySelectorAll('path.kill').length).toBe(2);
  });

  it('holds several scripts, and thirty cgroups', async () => {
    const svg = renderSvg([await replayed('hysteresis'), await linesRan(manyCgroups(30))]);
    const all = texts(svg);
    for (let i = 0; i < 30; i++) expect(all).toContain(`/g${i}`);
    expect(all).toContain('fixtures/hysteresis.memcg');
    expect(svg.length).toBeLessThan(500_000);
  });

  it('carries its colours, light and dark, and asks for nothing from elsewhere', async () => {
    const svg = renderSvg([await replayed('hysteresis')]);
    expect(svg).toContain('@media (prefers-color-scheme:dark)');
    expect(svg.replace('http://www.w3.org/2000/svg', '')).not.toMatch(/https?:|url\(|@import|<script/);
  });

  it('shows names as they are, whatever is in them', () => {
    const odd = alone({
      ...run([cgroup('/<b>&"\u202e', { usage: { usage: 5 as never, max: 5 as never } })]),
      script: '</svg>.memcg',
    });
    const svg = renderSvg([odd]);
    expect(svg).toContain('/&lt;b&gt;&amp;&quot;\\xE2\\x80\\xAE');
    expect(svg).toContain('&lt;/svg&gt;.memcg');
  });

  it('says so when nothing held memory', () => {
    expect(texts(renderSvg([alone(run([]))]))).toContain('No cgroup held memory.');
  });

  it('can be drawn of runs that kept no timeline', () => {
    expect(texts(renderSvg([alone(run([cgroup('/web', { failcnt: 3 })]))]))).toContain('3 limit failures');
  });
});
