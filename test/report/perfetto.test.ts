import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nested, renderPerfetto } from '../../src/report/perfetto.ts';
import { linesRan, replayed, replayedTwice, SMALL } from './real-runs.ts';

interface Event {
  name: string;
  ph: string;
  pid: number;
  tid?: number;
  ts: number;
  dur?: number;
  args?: Record<string, unknown>;
}

const eventsOf = (text: string): Event[] => JSON.parse(text).traceEvents;
/** The slices of each track, in the order of the file. */
function tracks(events: readonly Event[]): Map<string, Event[]> {
  const all = new Map<string, Event[]>();
  for (const event of events) {
    const key = `${event.pid} ${event.tid}`;
    if (event.ph === 'X') all.get(key)?.push(event) ?? all.set(key, [event]);
  }
  return all;
}

/** What ui.perfetto.dev asks of a trace: known kinds, whole numbers of processes, slices that lie within each other. */
function check(events: readonly Event[]): void {
  for (const event of events) {
    expect(event.ph).toMatch(/^[MXCi]$/);
    expect(Number.isInteger(event.pid)).toBe(true);
    if (event.ph !== 'M') expect(event.ts).toBeGreaterThanOrEqual(0);
    if (event.ph === 'C') expect(Number.isInteger(event.args?.['bytes'])).toBe(true);
  }
  for (const slices of tracks(events).values()) {
    const around: number[] = [];
    let before = 0;
    for (const { ts, dur = 0 } of slices) {
      // Whole ns: sums of fractions of a us are not exact.
      const [from, until] = [Math.round(ts * 1000), Math.round(ts * 1000) + Math.round(dur * 1000)];
      expect(from).toBeGreaterThanOrEqual(before);
      before = from;
      while ((around.at(-1) ?? Number.POSITIVE_INFINITY) <= from) around.pop();
      expect(until).toBeLessThanOrEqual(around.at(-1) ?? Number.POSITIVE_INFINITY);
      around.push(until);
    }
  }
}

describe('a trace for Perfetto', { timeout: 60_000 }, () => {
  it('has a process for the cgroup, counters, and a track for the task with its stalls and passes', async () => {
    expect(renderPerfetto([await linesRan(SMALL)])).toMatchInlineSnapshot(`
      "{"displayTimeUnit":"ns","traceEvents":[
      {"name":"process_name","ph":"M","pid":1,"args":{"name":"/web"}},
      {"name":"process_sort_index","ph":"M","pid":1,"args":{"sort_index":1}},
      {"name":"usage","ph":"C","pid":1,"ts":0,"args":{"bytes":0}},
      {"name":"usage","ph":"C","pid":1,"ts":1000,"args":{"bytes":524288}},
      {"name":"usage","ph":"C","pid":1,"ts":2000,"args":{"bytes":524288}},
      {"name":"usage","ph":"C","pid":1,"ts":2887.8,"args":{"bytes":397312}},
      {"name":"limit","ph":"C","pid":1,"ts":0,"args":{"bytes":524288}},
      {"name":"high","ph":"C","pid":1,"ts":0,"args":{"bytes":524288}},
      {"name":"low","ph":"C","pid":1,"ts":0,"args":{"bytes":524288}},
      {"name":"thread_name","ph":"M","pid":1,"tid":4194307,"args":{"name":"memcontd"}},
      {"name":"awake","ph":"X","cat":"awake","pid":1,"tid":4194307,"ts":0,"dur":5.3},
      {"name":"thread_name","ph":"M","pid":1,"tid":4194308,"args":{"name":"a"}},
      {"name":"stream f 900K","ph":"X","cat":"stream","pid":1,"tid":4194308,"ts":0,"dur":2887.8},
      {"name":"stall","ph":"X","cat":"stall","pid":1,"tid":4194308,"ts":1331.1,"dur":18.8},
      {"name":"direct pass","ph":"X","cat":"direct","pid":1,"tid":4194308,"ts":1331.1,"dur":18.8,"args":{"scanned_pages":32,"reclaimed_pages":32,"reclaimed":"128K"}},
      {"name":"stall","ph":"X","cat":"stall","pid":1,"tid":4194308,"ts":1720.1,"dur":18.8},
      {"name":"direct pass","ph":"X","cat":"direct","pid":1,"tid":4194308,"ts":1720.1,"dur":18.8,"args":{"scanned_pages":32,"reclaimed_pages":32,"reclaimed":"128K"}},
      {"name":"stall","ph":"X","cat":"stall","pid":1,"tid":4194308,"ts":2109.1,"dur":18.8},
      {"name":"direct pass","ph":"X","cat":"direct","pid":1,"tid":4194308,"ts":2109.1,"dur":18.8,"args":{"scanned_pages":32,"reclaimed_pages":32,"reclaimed":"128K"}},
      {"name":"stall","ph":"X","cat":"stall","pid":1,"tid":4194308,"ts":2498.1,"dur":18.8},
      {"name":"direct pass","ph":"X","cat":"direct","pid":1,"tid":4194308,"ts":2498.1,"dur":18.8,"args":{"scanned_pages":32,"reclaimed_pages":32,"reclaimed":"128K"}},
      {"name":"limit failure","ph":"i","s":"t","cat":"limit","pid":1,"tid":4194308,"ts":1331.1,"args":{"times":1}},
      {"name":"limit failure","ph":"i","s":"t","cat":"limit","pid":1,"tid":4194308,"ts":1720.1,"args":{"times":1}},
      {"name":"limit failure","ph":"i","s":"t","cat":"limit","pid":1,"tid":4194308,"ts":2109.1,"args":{"times":1}},
      {"name":"limit failure","ph":"i","s":"t","cat":"limit","pid":1,"tid":4194308,"ts":2498.1,"args":{"times":1}}
      ]}
      "
    `);
  });

  it.each(['rfc-dd', 'oom', 'hysteresis', 'two-groups', 'rmdir'])('of %s can be opened', async (name) => {
    check(eventsOf(renderPerfetto([await replayed(name)])));
  });

  it('has the runs of a comparison as processes of their own', async () => {
    const events = eventsOf(renderPerfetto([await replayedTwice('rfc-dd')]));
    check(events);
    const names = events.filter(({ name }) => name === 'process_name').map(({ args }) => args?.['name']);
    expect(names).toEqual(['/dd · with memcontd', '/dd · without']);
    const count = (pid: number, name: string): number =>
      events.filter((event) => event.pid === pid && event.ph === 'X' && event.name === name).length;
    expect([count(1, 'stall'), count(2, 'stall')]).toEqual([0, 3584]);
    expect([count(1, 'pass'), count(2, 'direct pass')]).toEqual([3672, 3584]);
    expect(count(1, 'stream big.img 512M')).toBe(1);
  });

  it('shows when a pass slept because there was nothing to free at once', async () => {
    const events = eventsOf(renderPerfetto([await replayed('writer')]));
    check(events);
    const naps = events.filter(({ name }) => name === 'nap');
    expect(naps.length).toBeGreaterThan(0);
    // congestion_wait(WRITE, HZ/10); us, and the waking takes a little.
    expect(Math.max(...naps.map(({ dur = 0 }) => dur))).toBeLessThan(101_000);
  });

  it('puts a limit failure on the track of the task whose charge it was', async () => {
    const run = await linesRan([...SMALL, 'spawn b web', 'run b stream g 600K']);
    const events = eventsOf(renderPerfetto([run]));
    const those = (which: RegExp) =>
      events.filter(({ name }) => which.test(name)).map(({ tid, ts }) => [tid, ts]);
    expect(those(/^limit failure/)).toEqual(those(/^stall/));
    expect(new Set(those(/^limit failure/).map(([tid]) => tid)).size).toBe(2);
  });

  it('marks an OOM kill with its victim', async () => {
    const kills = eventsOf(renderPerfetto([await replayed('oom')])).filter(({ name }) => /^OOM/.test(name));
    expect(kills).toMatchObject([{ name: 'OOM kill: hog', ph: 'i', args: { out_of: 'cgroup' } }]);
  });

  it('puts slices within each other that were taken together', () => {
    const slices = fc.array(
      fc.record({ from: fc.integer({ min: 0, max: 1000 }), length: fc.integer({ min: 0, max: 300 }) }),
    );
    const span = { name: '', times: 1, busy: 0 };
    fc.assert(
      fc.property(slices, (all) => {
        const made = all.map(({ from, length }) => ({ name: 'x', span, from, until: from + length }));
        const events = nested(made as never).map(({ from, until }) => ({ from, until }));
        for (const [i, a] of events.entries()) {
          for (const b of events.slice(i + 1)) {
            expect(b.from >= a.until || b.until <= a.until).toBe(true);
          }
        }
      }),
    );
  });
});
