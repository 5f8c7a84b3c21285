import { pageSize } from '../kernel/numbers.ts';
import { PAGE_SIZE } from '../kernel/units.ts';
import { visible } from '../kernel/visible.ts';
import type { Span } from '../script/history/spans.ts';
import type { CgroupTimeline, TaskTimeline } from '../script/history/timeline.ts';
import { MARKS, markOf } from './marks.ts';
import { rowsOf, type Shown, type ShownRun } from './picture/shown.ts';
import { namesOf, reclaimerOf } from './policy-runs.ts';

/** An event of the Trace Event Format, as ui.perfetto.dev reads it. Times are in us. */
interface TraceEvent {
  readonly name: string;
  readonly ph: 'M' | 'X' | 'C' | 'i';
  readonly pid: number;
  readonly tid?: number;
  readonly ts?: number;
  readonly dur?: number;
  readonly cat?: string;
  /** The reach of an instant: a thread or a process. */
  readonly s?: 't' | 'p';
  readonly args?: Readonly<Record<string, string | number>>;
}

/**
 * All the runs as trace-event JSON for ui.perfetto.dev: a process for each cgroup of each run; in it a track
 * for each task (what it does, within that its stalls and direct passes, and its limit failures as instants) and for
 * the reclaimer (awake, and its passes with their naps), counters for usage and marks, OOM kills as instants. Spans that a
 * long run had to take together say how many they are (`times`) and how long they took (`busy_us`).
 */
export function renderPerfetto(all: readonly Shown[]): string {
  const events = all.flatMap((shown) => shown.runs.map((run) => ({ shown, run })));
  let pid = 0;
  const lines: string[] = [];
  for (const { shown, run } of events) {
    for (const path of pathsOf(shown, run)) {
      pid += 1;
      const name = [path, run.name, all.length > 1 ? shown.script : '']
        .filter((part) => part !== '')
        .join(' · ');
      lines.push(
        ...cgroupEvents({ run, path, pid, name: visible(name) }).map((event) => JSON.stringify(event)),
      );
    }
  }
  return `{"displayTimeUnit":"ns","traceEvents":[\n${lines.join(',\n')}\n]}\n`;
}

interface Subject {
  readonly run: ShownRun;
  readonly path: string;
  readonly pid: number;
  readonly name: string;
}

/** The cgroups that held memory, and those, also removed ones, where tasks did something. */
function pathsOf(shown: Shown, { run }: ShownRun): string[] {
  const used = rowsOf(shown).flatMap(({ path }) =>
    run.cgroups.some((each) => each.path === path) ? [path] : [],
  );
  return [...new Set([...used, ...(run.timeline?.tasks ?? []).map(({ cgroup }) => cgroup)])];
}

function cgroupEvents({ run: { run }, path, pid, name }: Subject): TraceEvent[] {
  const timeline = run.timeline?.cgroups.find((each) => each.path === path);
  const tasks = (run.timeline?.tasks ?? []).filter((task) => task.cgroup === path);
  const history = run.cgroups.find((each) => each.path === path)?.history;
  return [
    { name: 'process_name', ph: 'M', pid, args: { name } },
    { name: 'process_sort_index', ph: 'M', pid, args: { sort_index: pid } },
    ...(history?.samples ?? []).map(({ time, last }) => counterAt('usage', pid, time, last)),
    ...MARKS.flatMap((mark) =>
      (history?.marks ?? []).flatMap((at) => {
        const value = markOf(at, mark);
        return value === null ? [] : [counterAt(mark.name, pid, at.time, value)];
      }),
    ),
    ...(timeline ? reclaimerEvents(timeline, pid, reclaimerOf(run)) : []),
    ...tasks.flatMap((task) => taskEvents(task, pid, namesOf(run).counts[0].noun)),
    ...(timeline?.kills ?? []).map(
      (kill): TraceEvent => ({
        name: `OOM kill: ${visible(kill.task)}`,
        ph: 'i',
        s: 'p',
        cat: 'oom',
        pid,
        tid: kill.pid,
        ts: us(kill.time),
        args: { task: visible(kill.task), out_of: kill.machine ? 'machine' : 'cgroup' },
      }),
    ),
  ];
}

const us = (time: number): number => Math.round(time) / 1000;

const counterAt = (name: string, pid: number, time: number, pages: number): TraceEvent => ({
  name,
  ph: 'C',
  pid,
  ts: us(time),
  args: { bytes: pages * PAGE_SIZE },
});

const threadName = (name: string, pid: number, tid: number): TraceEvent => ({
  name: 'thread_name',
  ph: 'M',
  pid,
  tid,
  args: { name },
});

function reclaimerEvents(
  { reclaimer, awake, passes, naps }: CgroupTimeline,
  pid: number,
  name: string,
): TraceEvent[] {
  if (reclaimer === null) return [];
  return [
    threadName(name, pid, reclaimer),
    ...nested([
      ...awake.map((span) => slice('awake', span)),
      ...passes.map((span) => slice('pass', span)),
      ...naps.map((span) => slice('nap', span)),
    ]).map((each) => complete(each, pid, reclaimer)),
  ];
}

function taskEvents(
  { name, pid: tid, behaviours, failures, stalls, passes, naps }: TaskTimeline,
  pid: number,
  failure: string,
): TraceEvent[] {
  const slices = [
    ...behaviours.map((span) => slice(span.name === '' ? 'behaviours' : visible(span.name), span)),
    ...stalls.map((span) => slice('stall', span)),
    ...passes.map((span) => slice('direct pass', span)),
    ...naps.map((span) => slice('nap', span)),
  ];
  return [
    threadName(visible(name), pid, tid),
    ...nested(slices).map((each) => complete(each, pid, tid)),
    ...failures.map(
      (span): TraceEvent => ({
        name: span.times === 1 ? failure : `${span.times} ${failure}s`,
        ph: 'i',
        s: 't',
        cat: 'limit',
        pid,
        tid,
        ts: us(span.from),
        args: { times: span.times },
      }),
    ),
  ];
}

interface Slice {
  readonly name: string;
  readonly span: Span;
  readonly from: number;
  readonly until: number;
}

const slice = (name: string, span: Span): Slice => ({ name, span, from: span.from, until: span.until });

/**
 * In order of their beginnings, the longer first. Slices of one track have to lie within each other: where spans
 * that were taken together overlap, the later one ends with the one around it.
 */
export function nested(slices: readonly Slice[]): Slice[] {
  const around: Slice[] = [];
  return slices
    .toSorted((a, b) => a.from - b.from || b.until - a.until)
    .map((each) => {
      while ((around.at(-1)?.until ?? Infinity) <= each.from) around.pop();
      const inside = { ...each, until: Math.min(each.until, around.at(-1)?.until ?? Infinity) };
      around.push(inside);
      return inside;
    });
}

function complete({ name, span, from, until }: Slice, pid: number, tid: number): TraceEvent {
  const { times, busy, scanned, reclaimed } = span;
  const args = {
    ...(times > 1 && { times, busy_us: us(busy) }),
    ...(scanned > 0 && {
      scanned_pages: scanned,
      reclaimed_pages: reclaimed,
      reclaimed: pageSize(reclaimed),
    }),
  };
  return {
    name: times > 1 ? `${name} ×${times}` : name,
    ph: 'X',
    cat: name.split(' ', 1)[0],
    pid,
    tid,
    ts: us(from),
    dur: us(until - from),
    ...(Object.keys(args).length > 0 && { args }),
  };
}
