import type { CgroupRow, Clock, ControlFileText } from '../../../src/dashboard/stage/stage.ts';
import { INITIAL_UI, type UiState } from '../../../src/dashboard/ui-state.ts';
import type { ForkView, View } from '../../../src/dashboard/view.ts';
import { type Nanoseconds, ns, type Pages, pages } from '../../../src/kernel/units.ts';
import type { ListCell, ListStrip, ReclaimStat, TaskView, TraceEvent } from '../../../src/machine/machine.ts';
import type { Curve, Stretch } from '../../../src/script/history/track.ts';

/** Made-up data for components: plain, and the same at every run. */

export const mib = (size: number): Pages => pages(Math.round(size * 256));
export const UNSET = pages(2 ** 30);
export const seconds = (s: number): Nanoseconds => ns(Math.round(s * 1e9));

const NO_STAT: ReclaimStat = {
  ...{ bg_state: 'none', bg_wakeups: 0, bg_passes: 0, bg_scanned: 0, bg_reclaimed: 0, bg_cpu_ns: 0 },
  ...{ direct_passes: 0, direct_scanned: 0, direct_reclaimed: 0 },
  ...{ stall_count: 0, stall_total_ns: 0, stall_p50_ns: 0, stall_p99_ns: 0, stall_max_ns: 0 },
  ...{ refaults: 0, writeback_pages: 0, swap_out: 0, swap_in: 0, oom_kills: 0 },
};

export interface Given extends Partial<Omit<CgroupRow, 'usage' | 'stat' | 'rates' | 'health'>> {
  readonly usage?: Partial<CgroupRow['usage']>;
  readonly stat?: Partial<ReclaimStat>;
  readonly rates?: Partial<CgroupRow['rates']>;
  readonly health?: Partial<CgroupRow['health']>;
}

export const cgroup = (path: string, given: Given = {}): CgroupRow => ({
  path,
  failcnt: 0,
  state: 'RES_BELOW_LOW',
  cache: pages(0),
  rss: pages(0),
  policy: 'rfc',
  kernel: '2.6.26',
  pgpgin: 0,
  pgpgout: 0,
  active: pages(0),
  inactive: pages(0),
  tasks: 0,
  ...given,
  usage: { usage: pages(0), max: pages(0), low: UNSET, high: UNSET, limit: UNSET, ...given.usage },
  stat: { ...NO_STAT, ...given.stat },
  rates: {
    ...{ window: seconds(1), background: 0, direct: 0, charged: 0, refaults: 0 },
    ...{ stalls: 0, failures: 0, oomKills: 0, reclaimerCpu: 0, stalled: 0 },
    ...given.rates,
  },
  health: { word: 'calm', reason: 'nothing to reclaim', advice: '', earlier: '', ...given.health },
});

/** Reclaimed in the background, as it should be. */
export const WEB = cgroup('/web', {
  usage: { usage: mib(54.1), max: mib(56.3), low: mib(48), high: mib(56), limit: mib(64) },
  state: 'RES_BELOW_HIGH',
  cache: mib(50.1),
  rss: mib(4),
  tasks: 1,
  stat: {
    ...{ bg_state: 'reclaiming', bg_wakeups: 12, bg_passes: 3672, bg_scanned: 118_204 },
    ...{ bg_reclaimed: 117_504, bg_cpu_ns: 66_500_000, refaults: 1204 },
  },
  rates: { background: 25_600, charged: 25_550, refaults: 310, reclaimerCpu: 0.026 },
  health: {
    word: 'background only',
    reason: 'the reclaimer frees 100M/s for 2.6 % of a CPU, and no task waits',
  },
});

/** The same without marks. */
export const BATCH = cgroup('/batch', {
  usage: { usage: mib(64), max: mib(64), limit: mib(64) },
  failcnt: 3584,
  tasks: 2,
  cache: mib(64),
  stat: {
    ...{ direct_passes: 3584, direct_scanned: 114_688, direct_reclaimed: 114_688 },
    ...{
      stall_count: 3584,
      stall_total_ns: 51_000_000,
      stall_p50_ns: 13_900,
      stall_p99_ns: 17_800,
      stall_max_ns: 91_000,
    },
  },
  rates: { direct: 24_800, charged: 24_790, stalls: 775, failures: 775, stalled: 0.011 },
  health: {
    word: 'stalling',
    reason: '775 stalls/s, p99 17.8 us: usage meets the limit and no reclaimer works ahead of it',
    advice: 'set batch low_wmark_in_bytes=48M high_wmark_in_bytes=56M',
    earlier: '',
  },
});

export const FILES: readonly ControlFileText[] = [
  {
    name: 'memory.stat',
    text: 'cache 52533248\nrss 4194304\npgpgin 131072\npgpgout 117223\nactive 8388608\ninactive 48340992\n',
    writable: false,
  },
  { name: 'memory.force_empty', text: null, writable: true },
  { name: 'memory.low_wmark_in_bytes', text: '50331648\n', writable: true },
  { name: 'memory.high_wmark_in_bytes', text: '58720256\n', writable: true },
  { name: 'memory.failcnt', text: '0\n', writable: true },
  { name: 'memory.limit_in_bytes', text: '67108864\n', writable: true },
  { name: 'memory.max_usage_in_bytes', text: '59034828\n', writable: true },
  { name: 'memory.usage_in_bytes', text: '56727961\n', writable: false },
  { name: 'notify_on_release', text: '0\n', writable: true },
  { name: 'tasks', text: '4194305\n', writable: true },
];

/** A curve of `count` stretches; what is not said of one is as in the one before. */
export function curve(
  from: number,
  to: number,
  count: number,
  at: (time: number) => Partial<Stretch>,
): Curve {
  const width = (to - from) / count;
  const stretches: Stretch[] = [];
  let before: Stretch = {
    ...{ from: seconds(from), time: seconds(from), min: pages(0), max: pages(0), last: pages(0) },
    ...{ low: null, high: null, limit: null, awake: ns(0), failures: 0, stalls: 0, oomKills: 0 },
  };
  for (let i = 0; i < count; i += 1) {
    const begin = from + i * width;
    before = { ...before, from: seconds(begin), time: seconds(begin + width), ...at(begin + width / 2) };
    stretches.push(before);
  }
  return { from: seconds(from), to: seconds(to), stretches };
}

const tooth = (time: number, period: number): number => Math.abs(((time / period) % 2) - 1);

/** Usage between stop and start, as a reclaimer makes it. */
export const SAWTOOTH = curve(0, 48, 200, (time) => {
  const usage = time < 6 ? (time / 6) * 56 : 48 + 8 * tooth(time - 6, 2);
  const isDown = time >= 6 && Math.floor((time - 6) / 2) % 2 === 0;
  const marks = time < 20 ? { low: mib(48), high: mib(56) } : { low: mib(40), high: mib(56) };
  return {
    ...{ min: mib(usage - 0.4), max: mib(usage), last: mib(usage), limit: mib(64), ...marks },
    ...{ awake: ns(isDown ? 2e8 : 0), failures: time > 4.6 && time < 5 ? 3 : 0, stalls: 0, oomKills: 0 },
  };
});

export const CLOCK: Clock = {
  ...{ time: seconds(48), standing: 'present', begin: seconds(0), present: seconds(48) },
  ...{ speed: 1, paused: false, ended: null, catchingUp: null, recalling: null },
};

const cell = (all: number, referenced: number, dirty: number, anon: number): ListCell => ({
  pages: all,
  referenced,
  dirty,
  anon,
});

export const LISTS: readonly ListStrip[] = [
  {
    ...{ active: true, node: 0, length: pages(2048), skipped: pages(0) },
    cells: Array.from({ length: 64 }, (_, i) => cell(32, 32 - (i >> 1), 0, i < 8 ? 32 : 0)),
  },
  {
    ...{ active: false, node: 0, length: pages(11_801), skipped: pages(0) },
    cells: Array.from({ length: 64 }, (_, i) => cell(184, i > 50 ? 20 : 0, i > 20 && i < 30 ? 100 : 0, 0)),
  },
];

const task = (given: Partial<TaskView>): TaskView => ({
  ...{ pid: 4_194_305, name: 'reader', cgroup: '/web', kind: 'task', state: 'R', nice: 0 },
  ...{ cpu_ns: ns(1_230_000_000), stall_ns: ns(0), anon_pages: pages(1024), mapped_pages: pages(0) },
  ...{ behaviour: 'stream', killed: false },
  ...given,
});

export const TASKS: readonly TaskView[] = [
  task({}),
  task({
    pid: 4_194_306,
    name: 'hog',
    state: 'D',
    stall_ns: ns(51_000_000),
    behaviour: 'alloc',
    anon_pages: mib(12),
  }),
  task({
    pid: 4_194_304,
    name: 'memcontd',
    kind: 'kthread',
    state: 'S',
    cpu_ns: ns(66_500_000),
    behaviour: null,
    anon_pages: pages(0),
  }),
  task({ pid: 4_194_303, name: 'victim', state: 'X', killed: true, anon_pages: pages(0), behaviour: null }),
];

const at = (s: number) => ({ time: seconds(s), cgroup: '/web', pid: 4_194_304 });
const passes = (from: number, background: boolean, times: number): TraceEvent[] =>
  Array.from({ length: times }, (_, i) => ({
    ...{ type: 'pass', time: seconds(from + i * 1e-4), cgroup: '/web', by: 4_194_304, background },
    ...{ node: 0, priority: 12, scanned: pages(36), reclaimed: pages(32) },
  }));

export const EVENTS: readonly TraceEvent[] = [
  { ...at(0.5), type: 'start' },
  { ...at(4.6), pid: 4_194_305, type: 'limit-failure', usage: mib(64) },
  ...passes(4.6001, false, 2),
  { ...at(4.6005), pid: 4_194_305, type: 'stall', duration: ns(17_800), charged: true },
  { ...at(6.1), type: 'wake', usage: mib(56.1) },
  ...passes(6.1001, true, 64),
  { ...at(6.2), type: 'sleep', usage: mib(48) },
  { ...at(20), type: 'warning', text: "memory.low_wmark_in_bytes (32M) can't be reached", floor: mib(40) },
  { type: 'oom-kill', time: seconds(30), cgroup: '/web', pid: 4_194_303, task: 'victim' },
  { type: 'oom-kill', time: seconds(40), cgroup: null, pid: 4_194_303, task: 'vic\x1b[2Jtim' },
];

export const WHAT_IF: ForkView = {
  at: seconds(20),
  lines: ['write web/memory.high_wmark_in_bytes 62M'],
  progress: 1,
  curve: curve(20, 48, 120, (time) => {
    const usage = 48 + 14 * tooth(time - 20, 3);
    return {
      ...{ min: mib(usage - 0.4), max: mib(usage), last: mib(usage) },
      ...{ low: mib(48), high: mib(62), limit: mib(64), awake: ns(0) },
    };
  }),
  comparison: [
    { name: 'limit failures', as: 'count', was: 0, whatIf: 3584, lessIsBetter: true },
    { name: 'time stalled', as: 'time', was: 51_000_000, whatIf: 12_000_000, lessIsBetter: true },
    { name: 'refaults', as: 'count', was: 1204, whatIf: 1204, lessIsBetter: true },
    { name: 'peak usage', as: 'size', was: 59_034_828, whatIf: 67_108_864, lessIsBetter: false },
  ],
};

export const VIEW: View = {
  name: 'default',
  kind: 'session',
  clock: CLOCK,
  told: null,
  snapshot: {
    time: seconds(48),
    cpus: 2,
    tasks: 3,
    totals: {
      ...{ memory: mib(1024), free: mib(905.9), swap: pages(0), swapUsed: pages(0) },
      ...{ dirty: mib(2), writeback: pages(0) },
    },
    cgroups: [
      cgroup('/'),
      cgroup('/default', { usage: { low: mib(32), high: mib(48), limit: mib(128) } }),
      WEB,
      BATCH,
    ],
  },
  curve: SAWTOOTH,
  details: { files: FILES, tasks: TASKS, lists: LISTS, events: EVENTS },
  fork: null,
  notices: [],
};

export const UI: UiState = { ...INITIAL_UI, selected: '/web', span: seconds(60) };
