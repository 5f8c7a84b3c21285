import type { TraceEvent } from '../../kernel/trace.ts';
import { type Nanoseconds, ns, type Pages, pages } from '../../kernel/units.ts';
import type { Operation } from '../../machine/machine.ts';
import { behaviourName } from '../behaviour-name.ts';
import { renameIn } from '../paths.ts';
import type { TheMachine } from '../world.ts';
import { type Span, SpanPool } from './spans.ts';
import { StallCounts } from './stall-bins.ts';
import { type Kill, MAX_KILLS, type Timeline } from './timeline.ts';

/** Cgroups, and tasks by cgroup, that are followed: the first so many. */
const MAX_FOLLOWED = 1024;

/** Spans of time: of reclaimers, and of what tasks did. It is told of every trace event and of every operation. */
export class TimelineRecorder {
  readonly #machine: TheMachine;
  readonly #pool = new SpanPool();
  readonly #cgroups = new Map<string, CgroupTrack>();
  readonly #tasks = new Map<string, TaskTrack>();
  /** Behaviours in hand, by pid. */
  readonly #open = new Map<number, Begun>();
  #starting: Begun | null = null;

  constructor(machine: TheMachine) {
    this.#machine = machine;
    machine.taskObserver = ({ pid }) => this.#behaviourEnded(pid);
  }

  event(event: TraceEvent): void {
    const { type } = event;
    if (type === 'start' || type === 'wake') this.#wakes(event.cgroup, event.pid, event.time);
    else if (type === 'sleep' || type === 'stop') this.#sleeps(event.cgroup, event.time);
    else if (type === 'pass' && event.background) this.#backgroundPass(event);
    else if (type === 'pass') this.#directPass(event);
    else if (type === 'limit-failure') this.#limitFailure(event);
    else if (type === 'nap') this.#nap(event);
    else if (type === 'stall') this.#stall(event);
    else if (type === 'oom-kill') this.#kill(event);
  }

  /** An operation is about to be carried out. */
  before(operation: Operation): void {
    if (operation.op === 'run' || operation.op === 'start') this.#begin(operation);
  }

  /** It was. */
  after(operation: Operation, succeeded: boolean): void {
    if (succeeded) this.#note(operation);
    this.#starting = null;
  }

  /** What was seen up to now; what still goes on ends here. */
  timeline(): Timeline {
    const { now } = this.#machine;
    for (const begun of this.#open.values()) this.#pool.add(begun.track.behaviours, spanOf(begun, now));
    this.#open.clear();
    for (const track of this.#cgroups.values()) this.#closeAwake(track, now);
    return {
      cgroups: this.#machine.cgroups().map((path) => {
        const {
          reclaimer = null,
          awake = [],
          passes = [],
          naps = [],
          failures = [],
          stalls,
          kills = [],
        } = this.#cgroups.get(path) ?? {};
        return { path, reclaimer, awake, passes, naps, failures, stalls: stalls?.bins() ?? [], kills };
      }),
      tasks: [...this.#tasks.values()].map(({ refusedAt: _, ...track }) => track),
    };
  }

  #wakes(path: string, pid: number, time: Nanoseconds): void {
    const track = this.#cgroup(path);
    if (track === null) return;
    track.reclaimer = pid;
    track.awakeSince ??= time;
    track.passFrom = time;
  }

  #sleeps(path: string, time: Nanoseconds): void {
    const track = this.#cgroup(path);
    if (track !== null) this.#closeAwake(track, time);
  }

  #closeAwake(track: CgroupTrack, time: Nanoseconds): void {
    if (track.awakeSince === null) return;
    this.#pool.add(track.awake, span(track.awakeSince, time));
    track.awakeSince = null;
  }

  #backgroundPass({ cgroup, time, scanned, reclaimed }: Pass): void {
    const track = this.#cgroup(cgroup);
    if (track === null) return;
    this.#pool.add(track.passes, { ...span(track.passFrom, time), scanned, reclaimed });
    track.passFrom = time;
  }

  #directPass({ cgroup, by, time, scanned, reclaimed }: Pass): void {
    const track = this.#task(by, cgroup);
    if (track === null) return;
    const from = track.refusedAt ?? time;
    this.#pool.add(track.passes, { ...span(from, time), scanned, reclaimed });
    track.refusedAt = null;
  }

  #nap({ cgroup, pid, time, duration }: Extract<TraceEvent, { type: 'nap' }>): void {
    const group = this.#cgroup(cgroup);
    const track = group?.reclaimer === pid ? group : this.#task(pid, cgroup);
    if (track !== null) this.#pool.add(track.naps, span(ns(time - duration), time));
  }

  #limitFailure({ cgroup, pid, time }: Extract<TraceEvent, { type: 'limit-failure' }>): void {
    const track = this.#cgroup(cgroup);
    if (track !== null) this.#pool.add(track.failures, span(time, time));
    const task = this.#task(pid, cgroup);
    if (task === null) return;
    task.refusedAt = time;
    this.#pool.add(task.failures, span(time, time));
  }

  #stall({ cgroup, pid, time, duration }: Extract<TraceEvent, { type: 'stall' }>): void {
    this.#cgroup(cgroup)?.stalls.add(duration);
    const task = this.#task(pid, cgroup);
    if (task !== null) this.#pool.add(task.stalls, span(ns(time - duration), time));
  }

  #kill({ cgroup, pid, time, task }: Extract<TraceEvent, { type: 'oom-kill' }>): void {
    const path = cgroup ?? this.#machine.tasks().find((each) => each.pid === pid)?.cgroup ?? '/';
    const track = this.#cgroup(path);
    if (track === null || track.kills.length >= MAX_KILLS) return;
    track.kills.push({ time, pid, task, machine: cgroup === null });
  }

  #begin({ task: name, behaviour }: Extract<Operation, { op: 'run' | 'start' }>): void {
    const task = this.#machine.tasks().find((each) => each.name === name && !each.killed);
    const track = task === undefined ? null : this.#task(task.pid, task.cgroup);
    if (track === null) return;
    this.#starting = { track, from: this.#machine.now, name: behaviourName(behaviour) };
  }

  #note(operation: Operation): void {
    const starting = this.#starting;
    if (operation.op === 'start' && starting !== null) this.#open.set(starting.track.pid, starting);
    if (operation.op === 'rmdir') this.#remove(operation.path);
    if (operation.op === 'rename') renameIn(this.#cgroups, operation.from, operation.to);
  }

  #behaviourEnded(pid: number): void {
    const open = this.#open.get(pid);
    const begun = open ?? (this.#starting?.track.pid === pid ? this.#starting : null);
    if (begun === null) return;
    this.#pool.add(begun.track.behaviours, spanOf(begun, this.#machine.now));
    if (open !== undefined) this.#open.delete(pid);
    else this.#starting = null;
  }

  #cgroup(path: string): CgroupTrack | null {
    const known = this.#cgroups.get(path);
    if (known !== undefined) return known;
    if (this.#cgroups.size >= MAX_FOLLOWED) return null;
    const track: CgroupTrack = {
      reclaimer: null,
      awakeSince: null,
      passFrom: this.#machine.now,
      awake: this.#pool.track(),
      passes: this.#pool.track(),
      naps: this.#pool.track(),
      failures: this.#pool.track(),
      stalls: new StallCounts(),
      kills: [],
    };
    this.#cgroups.set(path, track);
    return track;
  }

  #task(pid: number, cgroup: string): TaskTrack | null {
    const key = `${pid} ${cgroup}`;
    const known = this.#tasks.get(key);
    if (known !== undefined) return known;
    if (this.#tasks.size >= MAX_FOLLOWED) return null;
    const name = this.#machine.tasks().find((each) => each.pid === pid)?.name ?? `pid ${pid}`;
    const track: TaskTrack = {
      pid,
      name,
      cgroup,
      refusedAt: null,
      behaviours: this.#pool.track(),
      failures: this.#pool.track(),
      stalls: this.#pool.track(),
      passes: this.#pool.track(),
      naps: this.#pool.track(),
    };
    this.#tasks.set(key, track);
    return track;
  }

  #remove(path: string): void {
    const track = this.#cgroups.get(path);
    if (track === undefined) return;
    for (const spans of [track.awake, track.passes, track.naps, track.failures]) this.#pool.drop(spans);
    this.#cgroups.delete(path);
  }
}

type Pass = Extract<TraceEvent, { type: 'pass' }>;

interface CgroupTrack {
  reclaimer: number | null;
  awakeSince: Nanoseconds | null;
  /** When the reclaimer's pass in hand began. */
  passFrom: Nanoseconds;
  readonly awake: Span[];
  readonly passes: Span[];
  readonly naps: Span[];
  readonly failures: Span[];
  readonly stalls: StallCounts;
  readonly kills: Kill[];
}

interface TaskTrack {
  readonly pid: number;
  readonly name: string;
  readonly cgroup: string;
  /** Its last refused charge, whose pass has not ended. */
  refusedAt: Nanoseconds | null;
  readonly behaviours: Span[];
  readonly failures: Span[];
  readonly stalls: Span[];
  readonly passes: Span[];
  readonly naps: Span[];
}

interface Begun {
  readonly track: TaskTrack;
  readonly from: Nanoseconds;
  readonly name: string;
}

const NONE: Pages = pages(0);

/** Two CPUs' clocks may differ by a step: nothing ends before it began. */
function span(from: Nanoseconds, time: Nanoseconds): Span {
  const until = time > from ? time : from;
  return { from, until, name: '', times: 1, busy: until - from, scanned: NONE, reclaimed: NONE };
}

const spanOf = ({ from, name }: Begun, until: Nanoseconds): Span => ({ ...span(from, until), name });
