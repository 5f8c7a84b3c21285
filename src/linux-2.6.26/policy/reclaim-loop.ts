import { done, OK, refuse } from '../../kernel/errno.ts';
import { parseInteger, parsePageCounter } from '../../kernel/memparse.ts';
import { size } from '../../kernel/numbers.ts';
import { BLOCK, clock, EXIT, MAY_PREEMPT, type StepEnd, sleepOn } from '../../kernel/sched.ts';
import { INTERRUPTIBLE, RUNNING } from '../../kernel/thread.ts';
import { type Bytes, bytes, MILLISECOND, ns, PAGE_SIZE } from '../../kernel/units.ts';
import { type Asked, DONE, SUSPENDED } from '../../mm/types.ts';
import { COUNTER, COUNTER_RULE, memoryReclaim, showCounter } from '../files/memory-reclaim.ts';
import { ASLEEP, IN_PASS } from '../memcontd.ts';
import { ask, proactiveReclaim } from '../proactive-reclaim.ts';
import { PAGE_COUNTER_MAX, wholePages } from '../res-counter.ts';
import type { ControlFile, MemCgroup, Mm, PolicyState, Task } from '../types.ts';
import {
  type Application,
  type FoundMarks,
  knob,
  limitKnob,
  type Policy,
  placeMarks,
  sizeKnob,
  stateOf,
} from './policy.ts';

/**
 * A loop in user space on cgroup v2's memory.reclaim, in the manner of koordinator
 * (its pull request 3189) and senpai: it looks at the usage, writes batches to
 * memory.reclaim until the target or EAGAIN, and sleeps. A charge does not wake it.
 */

export interface ReclaimLoopState extends PolicyState {
  readonly rule: 'reclaim-loop';
  /** PAGE_COUNTER_MAX: the loop does nothing. */
  start: Bytes;
  target: Bytes;
  batch: Bytes;
  /** From the end of one look to the next, ms. */
  interval: number;
  /** The batch in hand; null: it looks on. */
  asked: Asked | null;
}

const own = (memcg: MemCgroup): ReclaimLoopState => stateOf<ReclaimLoopState>(memcg, 'reclaim-loop');

/** More would hold the writer for long: koordinator's bound. */
const MAX_BATCH = bytes(32n << 20n);
const DEFAULT_INTERVAL = 1000;
/** An hour, ms. */
const MAX_INTERVAL = 3_600_000;

function step(mm: Mm, thread: Task, memcg: MemCgroup): StepEnd {
  const state = own(memcg);
  const began = thread.phase;
  if (began === ASLEEP) {
    memcg.daemonWaits = false;
    memcg.stat.bgSleeps += 1;
  }
  if (thread.shouldStop) return EXIT;
  if (state.asked === null) {
    // open(2), read(2) and close(2) of a file.
    mm.sched.cost += 3 * mm.costs.syscall;
    if (memcg.res.usage <= memcg.res.highPages) return rest(mm, thread, memcg, state, began !== ASLEEP);
    tellAwake(mm, thread, memcg);
    askForBatch(mm, memcg, state);
  }
  return reclaim(mm, thread, memcg, state);
}

function reclaim(mm: Mm, thread: Task, memcg: MemCgroup, state: ReclaimLoopState): StepEnd {
  thread.phase = IN_PASS;
  const { asked } = state;
  const status = asked === null ? DONE : proactiveReclaim(mm, thread, memcg, asked, true);
  if (status === SUSPENDED) return thread.state === RUNNING ? MAY_PREEMPT : BLOCK;
  state.asked = null;
  // EAGAIN: there is no more to be had now.
  if (status !== DONE || memcg.res.usage <= memcg.res.lowPages) return rest(mm, thread, memcg, state, true);
  askForBatch(mm, memcg, state);
  return MAY_PREEMPT;
}

function askForBatch(mm: Mm, { res }: MemCgroup, state: ReclaimLoopState): void {
  mm.sched.cost += 3 * mm.costs.syscall;
  state.asked = ask(Math.min(res.usage - res.lowPages, wholePages(state.batch)));
}

function tellAwake(mm: Mm, thread: Task, memcg: MemCgroup): void {
  memcg.stat.bgWakeups += 1;
  const { path: cgroup, res } = memcg;
  mm.observer?.({ type: 'wake', time: ns(clock(mm.sched)), cgroup, pid: thread.pid, usage: res.usage });
}

/** `told`: it was seen at work, or has just begun. */
function rest(mm: Mm, thread: Task, memcg: MemCgroup, state: ReclaimLoopState, told: boolean): StepEnd {
  memcg.daemonWaits = true;
  thread.phase = ASLEEP;
  const now = clock(mm.sched);
  sleepOn(mm.sched, thread, INTERRUPTIBLE, now + state.interval * MILLISECOND);
  const { path: cgroup, res } = memcg;
  if (told) mm.observer?.({ type: 'sleep', time: ns(now), cgroup, pid: thread.pid, usage: res.usage });
  return BLOCK;
}

/** The configuration of the loop: no kernel has these files. */
const SOURCE = 'this project: the configuration of a loop such as koordinator has';

type Facts = Pick<ControlFile, 'name' | 'about' | 'writes' | 'rule' | 'initially' | 'example'>;

const inLoop = { where: 'below', source: `${SOURCE}; with \`machine policy=reclaim-loop\`` } as const;

const mark = (key: 'start' | 'target', facts: Facts): ControlFile => ({
  ...facts,
  ...inLoop,
  kind: 'bytes',
  reads: 'bytes, or max',
  steers: true,
  read: (_fs, { memcg }) => done(showCounter(own(memcg)[key])),
  write: ({ mm }, { memcg }, data) => {
    const value = parsePageCounter(data, 'max');
    if (value === null) return refuse('EINVAL', COUNTER_RULE);
    own(memcg)[key] = value;
    placeMarks(mm, memcg);
    return OK;
  },
});

const batch: ControlFile = {
  ...inLoop,
  name: 'memory.reclaim_loop.batch',
  about: 'the most that the loop writes to memory.reclaim at once, to 32M',
  kind: 'bytes',
  writes: 'a size from 4K to 32M',
  rule: 'Between two batches the loop looks at the usage again.',
  initially: "the parent's; 32M in the root",
  example: 'write reclaim_loop.batch 8M',
  read: (_fs, { memcg }) => done(`${own(memcg).batch}\n`),
  write: (_fs, { memcg }, data) => {
    const value = parsePageCounter(data, 'max');
    if (value === null) return refuse('EINVAL', COUNTER_RULE);
    if (value < PAGE_SIZE || value > MAX_BATCH) return refuse('EINVAL', 'a batch is 4K to 32M');
    own(memcg).batch = value;
    return OK;
  },
};

const interval: ControlFile = {
  ...inLoop,
  name: 'memory.reclaim_loop.interval_ms',
  about: 'how long the loop sleeps between two looks at the usage, in ms',
  kind: 'ms',
  writes: `a whole number from 1 to ${MAX_INTERVAL}`,
  rule: 'Counted from the end of one look to the next.',
  initially: "the parent's; 1000 in the root",
  example: 'write reclaim_loop.interval_ms 100',
  read: (_fs, { memcg }) => done(`${own(memcg).interval}\n`),
  write: (_fs, { memcg }, data) => {
    const value = parseInteger(data);
    if (value === null || value < 1 || value > MAX_INTERVAL)
      return refuse('EINVAL', `an interval is 1 to ${MAX_INTERVAL} ms`);
    own(memcg).interval = value;
    return OK;
  },
};

const files: readonly ControlFile[] = [
  mark('start', {
    name: 'memory.reclaim_loop.start',
    about: 'the loop reclaims when it finds the usage above this ("start at")',
    writes: `${COUNTER}. The first that is not max starts the loop`,
    rule: 'The loop looks at the usage by the clock; no charge wakes it.',
    initially: 'max; /default is booted with 48M',
    example: 'write reclaim_loop.start 96M',
  }),
  mark('target', {
    name: 'memory.reclaim_loop.target',
    about: 'down to here the loop reclaims ("stop at"); above start it is start',
    writes: COUNTER,
    rule: 'Batch after batch goes to memory.reclaim until the usage is at or below this, or one answers EAGAIN.',
    initially: 'max, which means the start; /default is booted with 32M',
    example: 'write reclaim_loop.target 80M',
  }),
  batch,
  interval,
  memoryReclaim,
];

/** In a script for people: looks a second. */
const LOOKS = 10;

/**
 * The cgroup v2 file reclaims as many bytes as are written to it, or answers EAGAIN when it got fewer
 * (Documentation/admin-guide/cgroup-v2.rst, memory.reclaim; Linux 5.19).
 */
function applied({ limit, high, low }: FoundMarks): Application | null {
  if (low === null) return null;
  const room = size(Math.max(0, limit - high) * LOOKS * PAGE_SIZE);
  return {
    name: 'reclaim-loop',
    title: 'to apply it on cgroup v2 (Linux 5.19 or newer): a loop beside the workload',
    lines: [
      'cd /sys/fs/cgroup/GROUP || exit',
      `echo ${limit * PAGE_SIZE} > memory.max`,
      `while sleep ${1 / LOOKS} && read -r usage < memory.current; do`,
      `  [ "$usage" -gt ${high * PAGE_SIZE} ] || continue   # start`,
      `  while [ "$usage" -gt ${low * PAGE_SIZE} ]; do   # stop`,
      `    n=$((usage - ${low * PAGE_SIZE})); [ "$n" -gt ${MAX_BATCH} ] && n=${MAX_BATCH}`,
      '    echo "$n" 2> /dev/null > memory.reclaim || break   # EAGAIN: no more to be had',
      '    read -r usage < memory.current || exit',
      '  done',
      'done',
    ],
    note: `It looks ${LOOKS} times a second: usage that grows faster than ${room}/s between start and limit meets the limit before it looks. memory.current counts kernel memory, too.`,
  };
}

export const RECLAIM_LOOP = {
  name: 'reclaim-loop',
  about: 'a loop in user space looks at the usage by the clock, and writes batches to memory.reclaim',
  home: 'Linux 5.19, cgroup v2',
  source: 'a loop in the manner of koordinator (its pull request 3189) and senpai',
  reclaimer: 'the loop',
  runs: 'by the clock',
  start: { name: 'start', file: 'reclaim_loop.start', knob: 'reclaim_loop.start' },
  stop: { name: 'target', file: 'reclaim_loop.target', knob: 'reclaim_loop.target' },
  files,

  newState(parent): ReclaimLoopState {
    const from = parent === null ? null : own(parent);
    return {
      rule: 'reclaim-loop',
      start: PAGE_COUNTER_MAX,
      target: PAGE_COUNTER_MAX,
      batch: from?.batch ?? MAX_BATCH,
      interval: from?.interval ?? DEFAULT_INTERVAL,
      asked: null,
    };
  },

  marks(memcg) {
    const { start, target } = own(memcg);
    if (start === PAGE_COUNTER_MAX) return null;
    return { start: wholePages(start), stop: wholePages(target < start ? target : start) };
  },

  thread: (memcg) => (own(memcg).start === PAGE_COUNTER_MAX ? null : 'reclaim-loop'),

  // It looks by the clock.
  heeds: () => false,

  step,

  knobs: (marks) => [
    limitKnob(marks),
    sizeKnob('reclaim_loop.start', marks.high),
    sizeKnob('reclaim_loop.target', marks.low),
  ],

  sooner: knob('reclaim_loop.interval_ms', 100),

  applied,
} as const satisfies Policy;
