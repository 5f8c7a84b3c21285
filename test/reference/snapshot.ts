import { percentile } from '../../src/kernel/histogram.ts';
import type { Machine } from '../../src/machine/machine.ts';
import { allBelow } from './cgroupfs.ts';
import { percentileOf } from './histogram.ts';
import type { ReferenceMachine } from './machine.ts';
import { freePages } from './memcontrol.ts';
import { markPages, usagePages } from './res-counter.ts';
import { swapUsed } from './swap.ts';
import { SPINNING_PASSES } from './task.ts';
import type { LruList, MemCgroup, Task } from './types.ts';

/** All that a machine shows, of either make in the same form: everything that must not differ. */
export interface Snapshot {
  readonly now: number;
  readonly totals: object;
  readonly cgroups: readonly object[];
  readonly tasks: readonly object[];
}

/** Of each page on a list, the youngest first: referenced, dirty, anonymous. */
type ListText = string;

const SHARES = [0, 0.1, 0.5, 0.9, 1];

const letters = (referenced: boolean, dirty: boolean, anon: boolean): string =>
  `${referenced ? 'r' : '-'}${dirty ? 'd' : '-'}${anon ? 'a' : '-'}`;

export function snapshotOf(machine: Machine, withLists: boolean): Snapshot {
  return {
    now: machine.now,
    totals: machine.totals(),
    cgroups: machine.cgroups().map((path) => {
      const { bg_state, bg_cpu_ns, stall_p50_ns, stall_p99_ns } = machine.reclaimStat(path);
      const text = (file: string): string => {
        const answer = machine.read(`${path}/${file}`);
        return answer.ok ? answer.value : answer.errno;
      };
      const lists = machine
        .lists(path, withLists ? Infinity : 0)
        .map(
          ({ length, cells }): ListText =>
            !withLists
              ? `${length}`
              : cells.map((cell) => letters(cell.referenced > 0, cell.dirty > 0, cell.anon > 0)).join(' '),
        );
      const { bgCpu: _, stalls, ...counters } = machine.counters(path);
      return {
        path,
        ...machine.usage(path),
        failcnt: Number(text('memory.failcnt')),
        nrTasks: text('tasks').split('\n').length - 1,
        reclaim: { bg_state, bg_cpu_ns, stall_p50_ns, stall_p99_ns },
        counters,
        stalls: {
          count: stalls.count,
          total: stalls.total,
          max: stalls.max,
          ...Object.fromEntries(SHARES.map((share) => [share, percentile(stalls, share)])),
        },
        lists,
      };
    }),
    tasks: machine.tasks(),
  };
}

export function snapshotOfReference(machine: ReferenceMachine, withLists: boolean): Snapshot {
  const { mm, now, root, departed } = machine;
  const cgroups = allBelow(root).map(({ memcg }) => memcg);
  return {
    now,
    totals: {
      memory: mm.nrPages,
      free: freePages(mm),
      swap: mm.swap.length - 1,
      swapUsed: swapUsed(mm),
      dirty: mm.nrDirty,
      writeback: mm.nrWriteback,
    },
    cgroups: cgroups.sort((a, b) => a.order - b.order).map((memcg) => viewCgroup(memcg, withLists)),
    tasks: [...mm.tasks.map(viewTask), ...departed.map(({ view }) => view)],
  };
}

function viewCgroup(memcg: MemCgroup, withLists: boolean): object {
  const { path, res, stat, daemon, nrTasks } = memcg;
  const { bgCpu, stalls, ...counters } = stat;
  const awake = memcg.zeroPasses >= SPINNING_PASSES ? 'spinning' : 'reclaiming';
  return {
    path,
    usage: usagePages(res),
    max: markPages(res.maxUsage),
    low: markPages(res.low),
    high: markPages(res.high),
    limit: markPages(res.limit),
    failcnt: res.failcnt,
    nrTasks,
    reclaim: {
      bg_state: daemon === null ? 'none' : memcg.daemonWaits ? 'sleeping' : awake,
      bg_cpu_ns: Math.round(bgCpu + (daemon?.sumExec ?? 0)),
      stall_p50_ns: Math.round(percentileOf(stalls, 0.5)),
      stall_p99_ns: Math.round(percentileOf(stalls, 0.99)),
    },
    counters,
    stalls: {
      count: stalls.length,
      total: stalls.reduce((sum, each) => sum + each, 0),
      max: stalls.at(-1) ?? 0,
      ...Object.fromEntries(SHARES.map((share) => [share, percentileOf(stalls, share)])),
    },
    lists: memcg.lists.flatMap(({ active, inactive }) =>
      [active, inactive].map(withLists ? listText : lengthText),
    ),
  };
}

const lengthText = ({ size }: LruList): ListText => `${size}`;

const listText = (list: LruList): ListText =>
  [...list]
    .reverse()
    .map((page) => letters(page.referenced || page.young, page.dirty, page.anonymous))
    .join(' ');

function viewTask(task: Task): object {
  const letter = {
    ['running']: 'R',
    ['interruptible']: 'S',
    ['uninterruptible']: 'D',
    ['stopped']: 'T',
    ['dead']: 'X',
  };
  return {
    pid: task.pid,
    name: task.name,
    cgroup: task.memcg.path,
    kind: task.kind === 'memcontd' || task.kind === 'pdflush' ? 'kthread' : 'task',
    state: letter[task.state],
    nice: task.nice,
    cpu_ns: Math.round(task.sumExec),
    stall_ns: Math.round(task.stallTime),
    behaviour: task.behaviour?.kind ?? null,
    killed: task.killed,
    anon_pages: task.anonPages,
    mapped_pages: task.vmas.reduce((sum, { pages }) => sum + pages, 0),
  };
}

/** A task that is gone, as those who report see it. */
export const viewDeparted = (task: Task): object => ({
  ...viewTask(task),
  kind: 'task',
  state: 'X',
  behaviour: null,
  killed: true,
  anon_pages: 0,
  mapped_pages: 0,
});
