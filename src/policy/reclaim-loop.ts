import { COUNTER, COUNTER_RULE, showCounter } from '../fs/counter-text.ts';
import type { ControlFile } from '../fs/types.ts';
import { done, OK, refuse } from '../kernel/errno.ts';
import { PAGE_COUNTER_BYTES, parseInteger, parsePageCounter } from '../kernel/memparse.ts';
import { size } from '../kernel/numbers.ts';
import { type Bytes, bytes, PAGE_SIZE } from '../kernel/units.ts';
import type { Mm } from '../mm/kernel.ts';
import type { Asked, MemCgroup } from '../mm/types.ts';
import {
  type Application,
  type Card,
  type Knob,
  knob,
  type PolicyState,
  type Ruled,
  sizeKnob,
  stateOf,
  type WantedMarks,
} from './card.ts';

/**
 * A loop in user space on cgroup v2's memory.reclaim, in the manner of koordinator
 * (its pull request 3189) and senpai: it looks at the usage, writes batches to
 * memory.reclaim until the target or EAGAIN, and sleeps. A charge does not wake it.
 */

export interface ReclaimLoopState extends PolicyState {
  readonly rule: 'reclaim-loop';
  /** PAGE_COUNTER_BYTES: the loop does nothing. */
  start: Bytes;
  target: Bytes;
  batch: Bytes;
  /** From the end of one look to the next, ms. */
  interval: number;
  /** The batch in hand; null: it looks on. */
  asked: Asked | null;
}

const own = (memcg: Ruled): ReclaimLoopState => stateOf<ReclaimLoopState>(memcg, 'reclaim-loop');

/** More would hold the writer for long: koordinator's bound. */
const MAX_BATCH = bytes(32n << 20n);
const DEFAULT_INTERVAL = 1000;
/** An hour, ms. */
const MAX_INTERVAL = 3_600_000;

export const newLoopState = (parent: Ruled | null): ReclaimLoopState => {
  const from = parent === null ? null : own(parent);
  return {
    rule: 'reclaim-loop',
    start: PAGE_COUNTER_BYTES,
    target: PAGE_COUNTER_BYTES,
    batch: from?.batch ?? MAX_BATCH,
    interval: from?.interval ?? DEFAULT_INTERVAL,
    asked: null,
  };
};

/** Where the loop starts and stops; null: it does nothing. */
export function loopMarks(memcg: Ruled): { readonly start: Bytes; readonly stop: Bytes } | null {
  const { start, target } = own(memcg);
  return start === PAGE_COUNTER_BYTES ? null : { start, stop: target < start ? target : start };
}

/** The loop's thread, once it has something to do. */
export const loopThread = (memcg: Ruled): string | null =>
  own(memcg).start === PAGE_COUNTER_BYTES ? null : 'reclaim-loop';

/** The configuration of the loop: no kernel has these files. */
const SOURCE = 'this project: the configuration of a loop such as koordinator has';

type Facts = Pick<ControlFile, 'name' | 'about' | 'writes' | 'rule' | 'initially' | 'example'>;

const inLoop = { where: 'below', source: `${SOURCE}; with \`machine policy=reclaim-loop\`` } as const;

/** Its configuration as control files; `placeMarks` is told of each change. */
export function loopFiles<V extends Mm, M extends MemCgroup & Ruled>(
  placeMarks: (mm: V, memcg: M) => void,
): readonly ControlFile<V, M>[] {
  const mark = (key: 'start' | 'target', facts: Facts): ControlFile<V, M> => ({
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

  const batch: ControlFile<V, M> = {
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

  const interval: ControlFile<V, M> = {
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

  return [
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
  ];
}

/** Of a loop for marks that were found under another rule: what keeps it from coming too late, ms. */
const OFTEN = 100;

/**
 * The cgroup v2 file reclaims as many bytes as are written to it, or answers EAGAIN when it got fewer
 * (Documentation/admin-guide/cgroup-v2.rst, memory.reclaim; Linux 5.19).
 */
function application({ limit, high, low }: WantedMarks, interval: number): Application {
  const room = size(((Math.max(0, limit - high) * 1000) / interval) * PAGE_SIZE);
  const looks = interval === 1000 ? 'once a second' : `${1000 / interval} times a second`;
  return {
    name: 'reclaim-loop',
    title: 'to apply it on cgroup v2 (Linux 5.19 or newer): a loop beside the workload',
    lines: [
      'cd /sys/fs/cgroup/GROUP || exit',
      `echo ${limit * PAGE_SIZE} > memory.max`,
      `while sleep ${interval / 1000} && read -r usage < memory.current; do`,
      `  [ "$usage" -gt ${high * PAGE_SIZE} ] || continue   # start`,
      `  while [ "$usage" -gt ${low * PAGE_SIZE} ]; do   # stop`,
      `    n=$((usage - ${low * PAGE_SIZE})); [ "$n" -gt ${MAX_BATCH} ] && n=${MAX_BATCH}`,
      '    echo "$n" 2> /dev/null > memory.reclaim || break   # EAGAIN: no more to be had',
      '    read -r usage < memory.current || exit',
      '  done',
      'done',
    ],
    note: `It looks ${looks}: usage that grows faster than ${room}/s between start and limit meets the limit before it looks. memory.current counts kernel memory, too.`,
  };
}

/** The card, as far as it is the same on every kernel. */
export function loopCard(limitKnob: (marks: WantedMarks) => Knob) {
  const knobs = (marks: WantedMarks): readonly Knob[] => [
    limitKnob(marks),
    sizeKnob('reclaim_loop.start', marks.high),
    sizeKnob('reclaim_loop.target', marks.low),
  ];
  const interval = (ms: number): Knob => knob('reclaim_loop.interval_ms', ms);
  return {
    name: 'reclaim-loop',
    about: 'a loop in user space looks at the usage by the clock, and writes batches to memory.reclaim',
    home: 'Linux 5.19, cgroup v2',
    source: 'a loop in the manner of koordinator (its pull request 3189) and senpai',
    reclaimer: 'the loop',
    runs: 'by the clock',
    start: { name: 'start', file: 'reclaim_loop.start', knob: 'reclaim_loop.start' },
    stop: { name: 'target', file: 'reclaim_loop.target', knob: 'reclaim_loop.target' },
    knobs,
    sooner: interval(OFTEN),
    forms: ({ limit, high, low }, isOwn) => {
      if (low === null) return [];
      const marks = { limit, high, low };
      return isOwn
        ? [{ ...application(marks, DEFAULT_INTERVAL), marks, knobs: knobs(marks) }]
        : [{ ...application(marks, OFTEN), marks, knobs: [...knobs(marks), interval(OFTEN)] }];
    },
  } as const satisfies Omit<Card, 'files'>;
}
