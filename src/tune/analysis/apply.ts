import { percent, size } from '../../kernel/numbers.ts';
import { PAGE_SIZE, type Pages, pages } from '../../kernel/units.ts';
import { shown } from '../../script/paths.ts';
import { type Knob, knobsFor, policyOf } from '../../script/policy-marks.ts';
import type { Marks, Sweep } from '../sweep.ts';

/** How the recommended marks are applied somewhere: lines to copy, and what to know about them. */
export interface Application {
  readonly name: 'memcg' | 'replay' | 'alinux' | 'memory.high' | 'reclaim-loop';
  readonly title: string;
  readonly lines: readonly string[];
  readonly note: string;
}

/** What it is that is tuned. */
type Workload = Pick<Sweep, 'script' | 'group' | 'policy' | 'booting' | 'seeds' | 'agreeingSeeds'>;

export function applications(workload: Workload, marks: Marks): Application[] {
  return [
    emulator(workload, marks),
    replay(workload, marks),
    alinux(marks),
    ...(marks.policy === 'memory.high' ? [memoryHigh(marks)] : [reclaimLoop(marks)]),
  ];
}

/** The language's SIZE, exact. */
const exact = (mark: Pages): string => `${mark * (PAGE_SIZE / 1024)}K`;
const human = (mark: Pages): string => size(mark * PAGE_SIZE);

function emulator({ group }: Workload, marks: Marks): Application {
  const policy = policyOf(marks.policy);
  const values = policy === undefined ? [] : knobsFor(policy, marks).map(assignment);
  return {
    name: 'memcg',
    title: 'to apply it in this emulator',
    lines: [
      ...(marks.policy === 'rfc' ? [] : [`memcg up policy=${marks.policy}`]),
      `memcg set ${quoted(shown(group))} ${values.join(' ')}`,
    ],
    note: 'It writes them in an order that the rules allow.',
  };
}

const assignment = ({ file, value }: Knob): string => {
  const bytes = Number(value);
  const text = bytes >= PAGE_SIZE && bytes % 1024 === 0 ? `${bytes / 1024}K` : value;
  return `${file.replace(/^memory\./, '')}=${text}`;
};

function replay(workload: Workload, { policy, limit, high, low }: Marks): Application {
  const { script, group, booting, seeds, agreeingSeeds } = workload;
  const isPlain = policy === 'rfc' && workload.policy === 'rfc';
  const words = [
    ...(group === '/default' ? [] : ['--group', shown(group)]),
    ...booting,
    // Where nothing is random any seed will do.
    ...(agreeingSeeds === undefined ? ['--seed', `${seeds[0]}`] : []),
    ...['--limit', exact(limit), '--high', exact(high), '--low', exact(low)],
    ...(isPlain ? ['--compare'] : ['--policy', `none,${policy}`]),
  ];
  return {
    name: 'replay',
    title: 'to see it run, with and without',
    lines: [`memcg replay ${[script, ...words].map(quoted).join(' ')}`],
    note: '',
  };
}

/** For a POSIX shell. */
const quoted = (text: string): string =>
  /^[\w./@%+:,-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;

/** What the units of Alibaba Cloud Linux make of marks, in pages. */
export interface AlinuxMarks {
  readonly ratio: number;
  readonly scale: number;
  readonly high: Pages;
  readonly low: Pages;
}

/**
 * wmark_high = limit x ratio / 100, wmark_low = wmark_high - limit x scale / 10000, ratio 1 to 100, scale 1 to
 * 1000 (help.aliyun.com, "Memcg backend asynchronous reclaim"). A ratio of 100 would start it at the limit, too late.
 */
export function alinuxMarks(marks: Marks): AlinuxMarks {
  const { limit } = marks;
  const { ratio, scale } = marks.policy === 'alinux' ? asTried(marks) : nearest(marks);
  const high = pages(Math.floor((limit * ratio) / 100));
  return { ratio, scale, high, low: pages(high - Math.floor((limit * scale) / 10_000)) };
}

/** The gap is kept, for that is what keeps it from oscillating, and the start as near as its units allow. */
function nearest({ limit, high, low }: Marks): { ratio: number; scale: number } {
  const within = (value: number, most: number): number => Math.min(most, Math.max(1, Math.round(value)));
  return {
    ratio: within((100 * high) / limit, high < limit ? 99 : 100),
    scale: within((10_000 * (high - low)) / limit, 1000),
  };
}

function asTried(marks: Marks): { ratio: number; scale: number } {
  const knobs = new Map(knobsFor('alinux', marks).map(({ file, value }) => [file, Number(value)]));
  return {
    ratio: knobs.get('memory.wmark_ratio') ?? 0,
    scale: knobs.get('memory.wmark_scale_factor') ?? 0,
  };
}

function alinux(marks: Marks): Application {
  const { ratio, scale, high, low } = alinuxMarks(marks);
  const gap = scale === 1000 ? ' 1000 is the widest gap it has.' : '';
  return {
    name: 'alinux',
    title: 'to apply it on Alibaba Cloud Linux',
    lines: [
      'cd /sys/fs/cgroup/memory/GROUP',
      `echo ${exact(marks.limit)} > memory.limit_in_bytes`,
      `echo ${scale} > memory.wmark_scale_factor`,
      `echo ${ratio} > memory.wmark_ratio`,
    ],
    note: `Its units are 1 % and 0.01 % of the limit: it starts at ${off(high, marks.high, marks.limit)} and stops at ${off(low, marks.low, marks.limit)}.${gap}`,
  };
}

/** `624M (1.2M below what is recommended)`. */
function off(actual: Pages, wanted: Pages, limit: Pages): string {
  const error = actual - wanted;
  if (error === 0) return `${human(actual)} (exact)`;
  const by = `${size(Math.abs(error) * PAGE_SIZE)}, ${percent(Math.abs(error) / limit)} of the limit,`;
  return `${human(actual)} (${by} ${error < 0 ? 'below' : 'above'} what is recommended)`;
}

function memoryHigh({ limit, high }: Marks): Application {
  return {
    name: 'memory.high',
    title: 'to apply it on cgroup v2',
    lines: [
      'cd /sys/fs/cgroup/GROUP',
      `echo ${exact(high)} > memory.high`,
      `echo ${exact(limit)} > memory.max`,
    ],
    note: 'Above memory.high the allocating task itself reclaims, and is slowed down.',
  };
}

/** Asked for at once, bytes: as the loops that people run do, so that each write is soon over. */
const BATCH = 32 << 20;
/** Looks a second. */
const LOOKS = 10;

/**
 * The cgroup v2 file reclaims as many bytes as are written to it, or answers EAGAIN when it got fewer
 * (Documentation/admin-guide/cgroup-v2.rst, memory.reclaim; Linux 5.19).
 */
function reclaimLoop({ limit, high, low }: Marks): Application {
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
      `    n=$((usage - ${low * PAGE_SIZE})); [ "$n" -gt ${BATCH} ] && n=${BATCH}`,
      '    echo "$n" 2> /dev/null > memory.reclaim || break   # EAGAIN: no more to be had',
      '    read -r usage < memory.current || exit',
      '  done',
      'done',
    ],
    note: `It looks ${LOOKS} times a second: usage that grows faster than ${room}/s between start and limit meets the limit before it looks. memory.current counts kernel memory, too.`,
  };
}
