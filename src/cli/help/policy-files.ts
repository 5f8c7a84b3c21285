import type { FileNotes } from './control-files.ts';

/** Control files of the policies other than the patch's (`machine policy=NAME`). */

const READ_ONLY = 'nothing: EINVAL';
const of = (policy: string): string => `; with \`machine policy=${policy}\``;
const ALINUX =
  'Alibaba Cloud Linux, "Memcg backend asynchronous reclaim" and "Memcg global minimum watermark rating" ' +
  `of its manual${of('alinux')}`;
const KSWAPD2011 =
  'Ying Han, "[PATCH V5 00/10] memcg: per cgroup background reclaim", linux-mm, April 2011' +
  of('kswapd2011');
const V2 = 'cgroup v2, Documentation/admin-guide/cgroup-v2.rst and mm/memcontrol.c of Linux 5.19';
const LOOP =
  'this project: the configuration of a loop such as koordinator has; with `machine policy=reclaim-loop`';
const COUNTER =
  'a size with one suffix k, M, G, T, P or E at most, white space around it allowed, rounded down to whole ' +
  'pages; or max';
const APART = 'The high distance is the larger after every write, and both are below the limit.';

/** By full name. */
export const POLICY_NOTES: Readonly<Record<string, FileNotes>> = {
  'memory.wmark_ratio': {
    reads: 'a number',
    writes: 'a whole number from 0 to 100',
    rule:
      'memory.wmark_high is this much of the limit, and both marks move with the limit. A write that leaves ' +
      'the usage above it starts reclaim. What was started ends when wmark_low is reached or nothing can be freed.',
    initially: '0: off; /default is booted with 38',
    source: ALINUX,
    example: 'write wmark_ratio 95',
  },
  'memory.wmark_high': {
    reads: 'bytes; 9223372036854771712 while it is off',
    writes: READ_ONLY,
    rule: 'limit_in_bytes * wmark_ratio / 100, in whole pages.',
    initially: '9223372036854771712',
    source: ALINUX,
    example: 'cat -h wmark_high',
  },
  'memory.wmark_low': {
    reads: 'bytes; 9223372036854771712 while it is off',
    writes: READ_ONLY,
    rule: 'wmark_high - limit_in_bytes * wmark_scale_factor / 10000, in whole pages.',
    initially: '9223372036854771712',
    source: ALINUX,
    example: 'cat -h wmark_low',
  },
  'memory.wmark_scale_factor': {
    reads: 'a number',
    writes: 'a whole number from 1 to 1000',
    rule: 'The gap between the marks is at most a tenth of the limit.',
    initially: "the parent's; 50 in the root, which is half a per cent; /default is booted with 1000",
    source: ALINUX,
    example: 'write wmark_scale_factor 200',
  },
  'memory.wmark_min_adj': {
    reads: 'a number',
    writes: 'a whole number from -25 to 50',
    rule: 'Kept, and not acted upon: this machine has no min watermark of its own.',
    initially: "the parent's; 0 in the root",
    source: ALINUX,
    example: 'write wmark_min_adj -25',
  },
  'memory.high_wmark_distance': {
    reads: 'bytes',
    writes: 'a size, as limit_in_bytes takes it. The first that is not 0 starts the thread memcg_ID',
    rule: `${APART} Reclaim stops at the limit less this; 0 switches it off.`,
    initially: '0; /default is booted with 96M',
    source: KSWAPD2011,
    example: 'write high_wmark_distance 50M',
  },
  'memory.low_wmark_distance': {
    reads: 'bytes',
    writes: 'a size, as limit_in_bytes takes it',
    rule:
      `${APART} Reclaim starts above the limit less this; the usage is looked at once in 1024 pages ` +
      'charged and uncharged.',
    initially: '0; /default is booted with 80M',
    source: KSWAPD2011,
    example: 'write low_wmark_distance 40M',
  },
  'memory.reclaim_wmarks': {
    reads: 'lines `name value`: low_wmark, the higher one, and high_wmark, bytes',
    writes: READ_ONLY,
    rule: 'The limit less the distances, in u64: a distance beyond the limit wraps, and reclaim never starts.',
    initially: 'the limit',
    source: KSWAPD2011,
    example: 'cat reclaim_wmarks:low_wmark',
  },
  'memory.high': {
    reads: 'bytes, or max',
    writes: `${COUNTER}. What is above it already the writer reclaims`,
    rule:
      'A task that has charged pages above it reclaims as many when it returns to user mode, and is held there ' +
      'up to 2 s: by the square of what is left above. Both count as stalls, as in PSI.',
    initially: 'max; /default is booted with 48M',
    source: V2 + of('memory.high'),
    example: 'write high 96M',
  },
  'memory.reclaim': {
    reads: 'nothing: EINVAL',
    writes: `${COUNTER}; nothing is all. The write returns when so much is reclaimed`,
    rule: 'EAGAIN when less can be had. Up to 31 pages more may be freed.',
    initially: '-',
    source: `${V2}${of('memory.high')} or reclaim-loop`,
    example: 'write reclaim 8M',
  },
  'memory.reclaim_loop.start': {
    reads: 'bytes, or max',
    writes: `${COUNTER}. The first that is not max starts the loop`,
    rule: 'The loop looks at the usage by the clock; no charge wakes it.',
    initially: 'max; /default is booted with 48M',
    source: LOOP,
    example: 'write reclaim_loop.start 96M',
  },
  'memory.reclaim_loop.target': {
    reads: 'bytes, or max',
    writes: COUNTER,
    rule: 'Batch after batch goes to memory.reclaim until the usage is at or below this, or one answers EAGAIN.',
    initially: 'max, which means the start; /default is booted with 32M',
    source: LOOP,
    example: 'write reclaim_loop.target 80M',
  },
  'memory.reclaim_loop.batch': {
    reads: 'bytes',
    writes: 'a size from 4K to 32M',
    rule: 'Between two batches the loop looks at the usage again.',
    initially: "the parent's; 32M in the root",
    source: LOOP,
    example: 'write reclaim_loop.batch 8M',
  },
  'memory.reclaim_loop.interval_ms': {
    reads: 'a number',
    writes: 'a whole number from 1 to 3600000',
    rule: 'Counted from the end of one look to the next.',
    initially: "the parent's; 1000 in the root",
    source: LOOP,
    example: 'write reclaim_loop.interval_ms 100',
  },
};
