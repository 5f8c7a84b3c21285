import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ns, pages } from '../../../src/kernel/units.ts';
import { type Span, SpanPool } from '../../../src/script/history/spans.ts';
import { StallCounts } from '../../../src/script/history/stall-bins.ts';
import type { RunResult } from '../../../src/script/result.ts';
import { runLines } from '../scripts.ts';

const WORK = [
  'mkdir web',
  'set web low_wmark_in_bytes=2M high_wmark_in_bytes=3M limit_in_bytes=4M',
  'mkdir plain',
  'set plain low_wmark_in_bytes=4M high_wmark_in_bytes=4M limit_in_bytes=4M',
  'spawn a web',
  'spawn b plain',
  'start a stream f 32M',
  'run b stream g 16M --write',
  'wait a',
];

const ran = (lines: readonly string[]): Promise<RunResult> => runLines(lines, { timeline: true });
const sum = (spans: readonly Span[], read: (span: Span) => number): number =>
  spans.reduce((total, span) => total + read(span), 0);

describe('a timeline', () => {
  it('is kept only when it is asked for, and changes nothing else', async () => {
    const plain = await runLines(WORK);
    const { timeline, ...rest } = await ran(WORK);
    expect(plain).toEqual({ ...rest, timeline: null });
    expect(timeline).not.toBeNull();
  });

  it('adds up to what the cgroups counted', async () => {
    const { cgroups, timeline } = await ran(WORK);
    for (const { path, stat, files } of cgroups.filter((each) => each.path !== '/')) {
      const at = timeline?.cgroups.find((each) => each.path === path);
      const tasks = (timeline?.tasks ?? []).filter(({ cgroup }) => cgroup === path);
      const stalls = tasks.flatMap((task) => task.stalls);
      const direct = tasks.flatMap((task) => task.passes);
      expect(sum(at?.failures ?? [], ({ times }) => times)).toBe(Number(files['memory.failcnt']));
      expect(at?.stalls.reduce((total, { count }) => total + count, 0)).toBe(stat.stall_count);
      expect(sum(stalls, ({ busy }) => busy)).toBe(stat.stall_total_ns);
      expect(sum(direct, ({ times }) => times)).toBe(stat.direct_passes);
      expect(sum(at?.passes ?? [], ({ times }) => times)).toBe(stat.bg_passes);
      expect(sum(at?.passes ?? [], ({ reclaimed }) => reclaimed)).toBe(stat.bg_reclaimed);
      expect(sum(at?.awake ?? [], ({ busy }) => busy)).toBeGreaterThanOrEqual(stat.bg_cpu_ns);
    }
    expect(timeline?.cgroups.find(({ path }) => path === '/plain')?.failures.length).toBeGreaterThan(0);
    expect(timeline?.cgroups.find(({ path }) => path === '/web')?.awake.length).toBeGreaterThan(0);
  });

  it('has behaviours by their words, from their beginning to their end', async () => {
    const { timeline, virtualNs } = await ran([
      'spawn a',
      'at 1ms',
      'run a sleep 5ms',
      'start a sleep 3ms',
      'wait 10ms',
      'start a sleep 1h',
      'wait 2ms',
      'stop a',
      'start a stream f 64M',
    ]);
    const [task] = timeline?.tasks ?? [];
    const told = task.behaviours.map(({ name, from, until }) => [
      name,
      Math.round(from / 1e6),
      Math.round(until / 1e6),
    ]);
    expect(task).toMatchObject({ name: 'a', cgroup: '/default' });
    expect(told).toEqual([
      ['sleep 5ms', 1, 6],
      ['sleep 3ms', 6, 9],
      ['sleep 3600s', 16, 18],
      ['stream f 64M', 18, Math.round(virtualNs / 1e6)],
    ]);
  });

  it('does not take a refused start for a behaviour', async () => {
    const { timeline } = await ran([
      'spawn a',
      'start a sleep 1h',
      'fails EBUSY start a sleep 1s',
      'wait 1ms',
    ]);
    expect(timeline?.tasks.flatMap(({ behaviours }) => behaviours.map(({ name }) => name))).toEqual([
      'sleep 3600s',
    ]);
  });

  it('knows the victim of an OOM kill', async () => {
    const { timeline } = await ran([
      'set default low_wmark_in_bytes=1M high_wmark_in_bytes=1M limit_in_bytes=1M',
      'spawn hog',
      'fails ESRCH run hog alloc 2M',
    ]);
    expect(timeline?.cgroups.find(({ path }) => path === '/default')?.kills).toMatchObject([
      { task: 'hog', machine: false },
    ]);
  });

  it('follows a cgroup to its new name, and forgets one that is removed', async () => {
    const moved = await ran([...WORK, 'mv web shop']);
    expect(moved.timeline?.cgroups.find(({ path }) => path === '/shop')?.awake.length).toBeGreaterThan(0);
    const removed = await ran([...WORK, 'kill a', 'rmdir web', 'mkdir web']);
    expect(removed.timeline?.cgroups.find(({ path }) => path === '/web')).toMatchObject({
      awake: [],
      reclaimer: null,
    });
  });
});

const spanAt = (from: number, length: number): Span => ({
  from: ns(from),
  until: ns(from + length),
  name: '',
  times: 1,
  busy: length,
  scanned: pages(0),
  reclaimed: pages(0),
});

describe('a pool of spans', () => {
  it('holds no more than it may, loses none, and keeps them in order', () => {
    const steps = fc.array(
      fc.tuple(
        fc.integer({ min: 0, max: 3 }),
        fc.integer({ min: 0, max: 5000 }),
        fc.integer({ min: 0, max: 50 }),
      ),
      { maxLength: 400 },
    );
    fc.assert(
      fc.property(steps, (all) => {
        const pool = new SpanPool(32);
        const tracks = [0, 1, 2, 3].map(() => pool.track());
        let time = 0;
        for (const [track, gap, length] of all) {
          pool.add(tracks[track], spanAt(time + gap, length));
          time += gap + length;
        }
        expect(tracks.flat().length).toBeLessThanOrEqual(32);
        expect(sum(tracks.flat(), ({ times }) => times)).toBe(all.length);
        expect(sum(tracks.flat(), ({ busy }) => busy)).toBe(
          all.reduce((total, [, , length]) => total + length, 0),
        );
        for (const track of tracks) {
          for (let i = 1; i < track.length; i++)
            expect(track[i].from).toBeGreaterThanOrEqual(track[i - 1].until);
        }
      }),
    );
  });

  it('stays fine where things happen evenly', () => {
    const pool = new SpanPool(100);
    const track = pool.track();
    for (let i = 0; i < 10_000; i++) pool.add(track, spanAt(i * 1000, 10));
    expect(track.length).toBeGreaterThan(30);
  });
});

describe('counts of stalls', () => {
  it('put each into the bin that holds it', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2 ** 52 }), (time) => {
        const counts = new StallCounts();
        counts.add(time);
        const [{ from, upto, count }] = counts.bins();
        expect(count).toBe(1);
        expect(from <= time && time < upto).toBe(true);
        expect(upto - from).toBeLessThanOrEqual(Math.max(1, from / 4));
      }),
    );
  });
});
