import { POLICY_NOTES } from './policy-files.ts';

/** What people ask about a control file, beside what it does (`about`, in src/fs). */
export interface FileNotes {
  /** What a read answers. */
  readonly reads: string;
  /** What can be written, and what a write does. */
  readonly writes: string;
  readonly rule: string;
  /** What it holds in a cgroup that was just made. */
  readonly initially: string;
  /** Where it comes from. */
  readonly source: string;
  /** A line that works as it stands after the boot script. */
  readonly example: string;
}

const BASE = 'Linux 2.6.26';
const SERIES = 'the series "memcg: background reclaim (v1)" of May 2008';
const OURS = 'this project; absent with `machine extras=off`';
const READ_ONLY = 'nothing: EINVAL';
const SIZE =
  'a size: decimal, octal (0...) or hexadecimal (0x...) digits and one suffix k, M or G at most; ' +
  'rounded up to whole pages of 4096 bytes';
const ORDER =
  'low <= high <= limit after every write, equal allowed; a write that would break this answers EINVAL ' +
  'and changes nothing. To tighten: low, then high, then limit. To loosen: limit, high, low. ' +
  '`memcg set` finds the order.';
const unsetBut = (booted: string): string =>
  '9223372036854775807, which is unset (and no multiple of a page: it can not be written back); ' +
  `/default is booted with ${booted}`;

/** By full name. */
export const FILE_NOTES: Readonly<Record<string, FileNotes>> = {
  'memory.usage_in_bytes': {
    reads: 'bytes, a multiple of 4096',
    writes: READ_ONLY,
    rule:
      'A page is charged to the cgroup of the task that touches it first, and uncharged when it is freed, ' +
      'truncated or reclaimed. It stays behind when the task moves.',
    initially: '0',
    source: `kernel/res_counter.c and mm/memcontrol.c of ${BASE}`,
    example: 'cat -h usage_in_bytes',
  },
  'memory.max_usage_in_bytes': {
    reads: 'bytes',
    writes: 'anything, nothing too: sets it to the usage of now',
    rule: 'Rises with the usage and never falls by itself.',
    initially: '0',
    source: `kernel/res_counter.c of ${BASE}`,
    example: 'write max_usage_in_bytes 0',
  },
  'memory.limit_in_bytes': {
    reads: 'bytes',
    writes: SIZE,
    rule:
      `${ORDER} A charge that would go above the limit makes its task reclaim first: that is a stall. ` +
      'After six refusals without progress the OOM killer ends the largest task. ' +
      'A limit below the usage is taken at once, and reclaims nothing until the next charge.',
    initially: unsetBut('128M'),
    source: `mm/memcontrol.c of ${BASE}; the order with the marks from patch 2/4 of ${SERIES}`,
    example: 'write limit_in_bytes 256M',
  },
  'memory.high_wmark_in_bytes': {
    reads: 'bytes',
    writes: `${SIZE}. The first write, a refused one too, starts the thread memcontd of the cgroup`,
    rule: `${ORDER} Only a charge that succeeded wakes the reclaimer; lowering a mark below the usage wakes nobody.`,
    initially: unsetBut('48M'),
    source: `patches 2/4 and 3/4 of ${SERIES}`,
    example: 'write high_wmark_in_bytes 64M',
  },
  'memory.low_wmark_in_bytes': {
    reads: 'bytes',
    writes: SIZE,
    rule:
      `${ORDER} Once awake the reclaimer goes on down to low, also below high. ` +
      'If nothing more can be reclaimed above low it never sleeps again and burns CPU.',
    initially: unsetBut('32M'),
    source: `patches 2/4 and 3/4 of ${SERIES}`,
    example: 'write low_wmark_in_bytes 24M',
  },
  'memory.failcnt': {
    reads: 'a number',
    writes: 'anything: sets it to 0',
    rule: 'Rises with every refused try: a page that takes four tries counts four.',
    initially: '0',
    source: `kernel/res_counter.c of ${BASE}`,
    example: 'cat failcnt',
  },
  'memory.force_empty': {
    reads: 'nothing: EINVAL',
    writes: 'anything, and the write returns when the usage is 0',
    rule:
      'EBUSY while the cgroup has tasks, even at usage 0. Pages that can not be reclaimed live on, ' +
      'charged to nobody.',
    initially: '-',
    source: `mm/memcontrol.c of ${BASE}; reclaiming first from patch 1/4 of ${SERIES}`,
    example: 'write force_empty 1',
  },
  'memory.stat': {
    reads: 'lines `name value`: cache, rss, active and inactive in bytes, pgpgin and pgpgout in pages',
    writes: READ_ONLY,
    rule: 'New page cache is inactive, new anonymous memory active; what is touched again moves up.',
    initially: 'zeros',
    source: `mm/memcontrol.c of ${BASE}`,
    example: 'cat memory.stat:cache',
  },
  tasks: {
    reads: 'pids, one a line, ascending',
    writes: 'one pid in decimal digits; 0 is the writer itself: the task `sh`',
    rule: 'ESRCH for an unknown pid, EIO without a digit. What a task was charged for stays where it is.',
    initially: 'empty; in the root: sh and the threads of the kernel, every memcontd too',
    source: `kernel/cgroup.c of ${BASE}`,
    example: 'cat /tasks',
  },
  notify_on_release: {
    reads: '0 or 1',
    writes: 'a decimal number: 0, or any other for 1',
    rule: 'Kept, and not acted upon.',
    initially: "the parent's",
    source: `kernel/cgroup.c of ${BASE}`,
    example: 'write notify_on_release 1',
  },
  release_agent: {
    reads: 'a path',
    writes: 'a path',
    rule: 'Kept, and never run. Only the root has it.',
    initially: 'empty',
    source: `kernel/cgroup.c of ${BASE}`,
    example: 'cat /release_agent',
  },
  'memory.reclaim_stat': {
    reads:
      'lines `name value`: bg_* of the background reclaimer, direct_* of tasks that reclaim for themselves, ' +
      'stall_* of charges that had to wait; pages, ns and counts',
    writes: READ_ONLY,
    rule:
      'A stall is one charge that met at least one refusal, from the first refusal to its outcome; with ' +
      'policy=memory.high also what a task is held for on its way back to user mode. ' +
      'bg_state is none, sleeping, reclaiming or spinning (awake, and its last passes freed nothing).',
    initially: 'zeros',
    source: OURS,
    example: 'cat memory.reclaim_stat:stall_count',
  },
  'memory.numa_stat': {
    reads: 'for each node N, lines nodeN_active and nodeN_inactive in pages, and nodeN_bg_passes',
    writes: READ_ONLY,
    rule:
      'Background reclaim begins at the best node: of those that hold 3/4 of their share or more, ' +
      'the one with the most inactive pages for each active one.',
    initially: 'zeros',
    source: `${OURS}; the choice of the node from patch 4/4 of ${SERIES}`,
    example: 'cat numa_stat',
  },
  'memory.reclaimd': {
    reads: 'running or stopped',
    writes: 'start or stop; a stop returns when the thread is gone',
    rule: 'A write of high_wmark_in_bytes starts it too. rmdir stops it; nothing else does.',
    initially: 'stopped',
    source: `${OURS}; an answer to the question that ended patch 3/4 of ${SERIES}`,
    example: 'write reclaimd stop',
  },
  ...POLICY_NOTES,
};
