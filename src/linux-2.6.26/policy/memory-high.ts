import { COUNTER, COUNTER_RULE, showCounter } from '../../fs/counter-text.ts';
import { done, OK, refuse } from '../../kernel/errno.ts';
import { PAGE_COUNTER_BYTES, parsePageCounter } from '../../kernel/memparse.ts';
import { BLOCK, clock, MAY_PREEMPT, type StepEnd, sleepOn } from '../../kernel/sched.ts';
import { INTERRUPTIBLE, RUNNING } from '../../kernel/thread.ts';
import { type Bytes, MILLISECOND } from '../../kernel/units.ts';
import { SWAP_CLUSTER_MAX } from '../../mm/layout.ts';
import { endStall } from '../../mm/memcg-stat.ts';
import { memcgOf } from '../../mm/memcgs.ts';
import { type PolicyState, stateOf } from '../../policy/card.ts';
import { memoryHighCard, V2 } from '../../policy/memory-high.ts';
import { memoryReclaim } from '../files/memory-reclaim.ts';
import { ask, MAX_RECLAIM_RETRIES, mayYetFree } from '../proactive-reclaim.ts';
import { wholePages } from '../res-counter.ts';
import type { ControlFile, MemCgroup, Mm, OverHigh, Task } from '../types.ts';
import { beginPass, continuePass, dropPass } from '../vmscan.ts';
import { limitKnob, type Policy, placeMarks } from './policy.ts';

/**
 * cgroup v2's memory.high, mm/memcontrol.c of Linux 5.19: who charges above it
 * reclaims as much when it returns to user mode, and is held there the longer the
 * more is left above. Nobody reclaims in the background.
 */

export interface MemoryHighState extends PolicyState {
  readonly rule: 'memory.high';
  /** PAGE_COUNTER_BYTES: none. */
  high: Bytes;
}

const own = (memcg: MemCgroup): MemoryHighState => stateOf<MemoryHighState>(memcg, 'memory.high');

/** MEMCG_CHARGE_BATCH, MEMCG_DELAY_PRECISION_SHIFT, MEMCG_DELAY_SCALING_SHIFT; HZ is 1000 here. */
const CHARGE_BATCH = 64;
const PRECISION_SHIFT = 20n;
const SCALING_SHIFT = 14n;
const HZ = 1000n;
/** MEMCG_MAX_HIGH_DELAY_JIFFIES, and the delay (HZ / 100) up to which nobody is held; ms. */
const MAX_DELAY = 2000;
const LENIENT_DELAY = 10;

/**
 * mem_cgroup_handle_over_high(), on the way back to user mode. How the step ends,
 * or null: the task may go on. What it took is a stall, as PSI counts both the
 * reclaim and the sleep.
 */
function handleOverHigh(mm: Mm, task: Task): StepEnd | null {
  const over = task.overHigh;
  if (over === null) return null;
  const now = clock(mm.sched);
  if (over.since < 0) {
    // It is still in the call that charges.
    if (task.inKernel) return null;
    task.inKernel = true;
    over.since = now;
    over.retries = MAX_RECLAIM_RETRIES;
    beginRound(over, over.pages);
  }
  if (task.killed) return backToUserMode(mm, task);
  const memcg = memcgOf(mm, task.memcg);
  if (over.until > 0) return now < over.until ? sleep(mm, task, over.until) : end(mm, task, memcg, over);
  if (task.pass.active || (over.freed < over.wanted && isAbove(memcg))) {
    if (!task.pass.active) {
      beginPass(mm, task, memcg, false);
      task.pass.patient = false;
    }
    const reclaimed = continuePass(mm, task);
    if (reclaimed < 0) return task.state === RUNNING ? MAY_PREEMPT : BLOCK;
    over.freed += reclaimed;
    if (reclaimed > 0 && over.freed < over.wanted && isAbove(memcg)) return MAY_PREEMPT;
  }
  const delay = highDelay(memcg, over.pages);
  if (delay <= LENIENT_DELAY) return end(mm, task, memcg, over);
  if (over.freed > 0 || mayYetFree(mm, over.retries)) {
    if (over.freed === 0) over.retries -= 1;
    beginRound(over, SWAP_CLUSTER_MAX);
    return MAY_PREEMPT;
  }
  over.until = clock(mm.sched) + delay * MILLISECOND;
  return sleep(mm, task, over.until);
}

/** calculate_high_delay(), ms: by the square of what is above, in proportion to what this task has charged. */
export function highDelay({ res }: Pick<MemCgroup, 'res'>, pages: number): number {
  const above = res.usage - res.highPages;
  if (above <= 0) return 0;
  const overage = (BigInt(above) << PRECISION_SHIFT) / BigInt(Math.max(res.highPages, 1));
  const penalty = (overage * overage * HZ) >> (PRECISION_SHIFT + SCALING_SHIFT);
  return Math.min(MAX_DELAY, Number((penalty * BigInt(pages)) / BigInt(CHARGE_BATCH)));
}

const isAbove = ({ res }: MemCgroup): boolean => res.usage > res.highPages;

function beginRound(over: OverHigh, pages: number): void {
  over.wanted = pages;
  over.freed = 0;
}

/** schedule_timeout_killable(): a wake-up for another reason finds it here again. */
function sleep(mm: Mm, task: Task, until: number): StepEnd {
  sleepOn(mm.sched, task, INTERRUPTIBLE, until);
  return BLOCK;
}

function backToUserMode(mm: Mm, task: Task): null {
  dropPass(mm, task);
  task.overHigh = null;
  task.inKernel = false;
  return null;
}

function end(mm: Mm, task: Task, memcg: MemCgroup, over: OverHigh): null {
  if (clock(mm.sched) > over.since) endStall(mm, task, memcg, over.since, true);
  return backToUserMode(mm, task);
}

/** try_charge_memcg(): the task in hand will have to answer for these pages above memory.high. */
function owe(mm: Mm, count: number): void {
  const task = mm.sched.current;
  if (task?.kind !== 'task' || !mm.own.reclaimd) return;
  task.overHigh ??= { pages: 0, since: -1, wanted: 0, freed: 0, retries: 0, until: 0 };
  task.overHigh.pages += count;
}

const memoryHigh: ControlFile = {
  name: 'memory.high',
  where: 'below',
  about: 'who leaves the usage above this reclaims and is held back on the way to user mode; max: nobody',
  kind: 'bytes',
  reads: 'bytes, or max',
  writes: `${COUNTER}. What is above it already the writer reclaims`,
  rule:
    'A task that has charged pages above it reclaims as many when it returns to user mode, and is held there ' +
    'up to 2 s: by the square of what is left above. Both count as stalls, as in PSI.',
  initially: 'max; /default is booted with 48M',
  source: `${V2}; with \`machine policy=memory.high\``,
  example: 'write high 96M',
  steers: true,
  read: (_fs, { memcg }) => done(showCounter(own(memcg).high)),
  write: ({ mm }, cgroup, data) => {
    const { memcg } = cgroup;
    const value = parsePageCounter(data, 'max');
    if (value === null) return refuse('EINVAL', COUNTER_RULE);
    own(memcg).high = value;
    placeMarks(mm, memcg);
    // memory_high_write(): what is above already the writer reclaims, as far as that goes.
    const above = wholePages(value);
    if (!mm.own.reclaimd || memcg.res.usage <= above) return OK;
    return { wait: 'reclaim', cgroup, asked: ask(Number.MAX_SAFE_INTEGER, above), strict: false };
  },
};

export const MEMORY_HIGH = {
  ...memoryHighCard(limitKnob),
  files: [memoryHigh, memoryReclaim],

  newState: (): MemoryHighState => ({ rule: 'memory.high', high: PAGE_COUNTER_BYTES }),

  marks(memcg) {
    const { high } = own(memcg);
    const at = wholePages(high);
    return high === PAGE_COUNTER_BYTES ? null : { start: at, stop: at };
  },

  heeds(mm, _memcg, _usage, count) {
    owe(mm, count);
    return false;
  },

  doNotifyResume: handleOverHigh,
} as const satisfies Policy;
