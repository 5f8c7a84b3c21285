import type { ControlFile } from '../fs/types.ts';
import { done, OK, refuse } from '../kernel/errno.ts';
import { PAGE_COUNTER_BYTES, parseInteger } from '../kernel/memparse.ts';
import { percent, size } from '../kernel/numbers.ts';
import { type Bytes, bytes, kibibytes, PAGE_SIZE, type Pages, pages } from '../kernel/units.ts';
import type { Mm } from '../mm/kernel.ts';
import type { MemCgroup } from '../mm/types.ts';
import {
  type Card,
  type Form,
  type FoundMarks,
  type Knob,
  knob,
  type PolicyState,
  type Ruled,
  stateOf,
  type WantedMarks,
} from './card.ts';

/**
 * Alibaba Cloud Linux 2 and 3: its manual's "Memcg backend asynchronous reclaim",
 * and Yang Shi, "alinux: mm: memcontrol: support background async page reclaim".
 * A charge above wmark_high queues a work, which frees what lies above wmark_low
 * and ends; also when nothing can be freed: it does not spin.
 */

export interface AlinuxState extends PolicyState {
  readonly rule: 'alinux';
  /** Per cent of the limit; 0: off. */
  ratio: number;
  /** 1/10,000 of the limit. */
  scale: number;
  minAdj: number;
  /** Pages that the work in hand is still to free. */
  left: number;
}

const own = (memcg: Ruled): AlinuxState => stateOf<AlinuxState>(memcg, 'alinux');

/** 0.5 % of the limit. */
const DEFAULT_SCALE = 50;

/** What a kernel calls its limit, where its cgroups are, and what its cgroup's limit is. */
export interface Limit<M> {
  readonly file: string;
  readonly folder: string;
  of(memcg: M): Bytes;
}

export const newAlinuxState = (parent: Ruled | null): AlinuxState => {
  const from = parent === null ? null : own(parent);
  return {
    rule: 'alinux',
    ratio: 0,
    scale: from?.scale ?? DEFAULT_SCALE,
    minAdj: from?.minAdj ?? 0,
    left: 0,
  };
};

/** memory.wmark_high and memory.wmark_low under this limit, whole pages; null: switched off. */
export function wmarksOf(memcg: Ruled, limit: Bytes): { high: Bytes; low: Bytes } | null {
  const { ratio, scale } = own(memcg);
  if (ratio === 0) return null;
  const high = inPages((limit * BigInt(ratio)) / 100n);
  const gap = inPages((limit * BigInt(scale)) / 10_000n);
  return { high, low: high > gap ? bytes(high - gap) : bytes(0n) };
}

const inPages = (value: bigint): Bytes => bytes(value - (value % BigInt(PAGE_SIZE)));

const SOURCE =
  'Alibaba Cloud Linux, "Memcg backend asynchronous reclaim" and "Memcg global minimum watermark rating" of its manual';

type Facts = Pick<ControlFile, 'name' | 'about' | 'kind' | 'rule' | 'initially' | 'example'>;

/** Its control files on a kernel; `placeMarks` is told of each change. */
export function alinuxFiles<V extends Mm, M extends MemCgroup & Ruled>(
  limit: Limit<M>,
  placeMarks: (mm: V, memcg: M) => void,
): readonly ControlFile<V, M>[] {
  /** A whole number from `least` to `most`. */
  const setting = (
    key: 'ratio' | 'scale' | 'minAdj',
    least: number,
    most: number,
    facts: Facts,
  ): ControlFile<V, M> => ({
    ...facts,
    where: 'below',
    writes: `a whole number from ${least} to ${most}`,
    source: `${SOURCE}; with \`machine policy=alinux\``,
    steers: true,
    read: (_fs, { memcg }) => done(`${own(memcg)[key]}\n`),
    write: ({ mm }, { memcg }, data) => {
      const value = parseInteger(data);
      if (value === null || value < least || value > most)
        return refuse('EINVAL', `${facts.name} is a whole number from ${least} to ${most}`);
      own(memcg)[key] = value;
      placeMarks(mm, memcg);
      return OK;
    },
  });

  /** Calculated from the knobs and the limit. */
  const mark = (which: 'high' | 'low', facts: Pick<ControlFile, 'about' | 'rule'>): ControlFile<V, M> => ({
    ...facts,
    name: `memory.wmark_${which}`,
    where: 'below',
    kind: 'bytes',
    reads: `bytes; ${PAGE_COUNTER_BYTES} while it is off`,
    initially: `${PAGE_COUNTER_BYTES}`,
    source: `${SOURCE}; with \`machine policy=alinux\``,
    example: `cat -h wmark_${which}`,
    refusal: 'this file is read only: write memory.wmark_ratio and wmark_scale_factor',
    read: (_fs, { memcg }) => done(`${wmarksOf(memcg, limit.of(memcg))?.[which] ?? PAGE_COUNTER_BYTES}\n`),
  });

  return [
    setting('ratio', 0, 100, {
      name: 'memory.wmark_ratio',
      about: 'where reclaim in the background starts, in per cent of the limit; 0: it is off',
      kind: 'per cent',
      rule:
        'memory.wmark_high is this much of the limit, and both marks move with the limit. A write that leaves ' +
        'the usage above it starts reclaim. What was started ends when wmark_low is reached or nothing can be freed.',
      initially: '0: off; /default is booted with 38',
      example: 'write wmark_ratio 95',
    }),
    mark('high', {
      about: 'a charge that leaves the usage above this starts reclaim ("start at")',
      rule: `${limit.file} * wmark_ratio / 100, in whole pages.`,
    }),
    mark('low', {
      about: 'reclaim goes on until the usage is at or below this ("stop at")',
      rule: `wmark_high - ${limit.file} * wmark_scale_factor / 10000, in whole pages.`,
    }),
    setting('scale', 1, 1000, {
      name: 'memory.wmark_scale_factor',
      about: 'how far memory.wmark_low is below memory.wmark_high, in 1/10,000 of the limit',
      kind: '1/10,000',
      rule: 'The gap between the marks is at most a tenth of the limit.',
      initially: "the parent's; 50 in the root, which is half a per cent; /default is booted with 1000",
      example: 'write wmark_scale_factor 200',
    }),
    setting('minAdj', -25, 50, {
      name: 'memory.wmark_min_adj',
      about: "what the machine's min watermark is raised by for this cgroup, per cent (kept, not acted upon)",
      kind: 'per cent',
      rule: 'Kept, and not acted upon: this machine has no min watermark of its own.',
      initially: "the parent's; 0 in the root",
      example: 'write wmark_min_adj -25',
    }),
  ];
}

const within = (value: number, least: number, most: number): number =>
  Math.min(most, Math.max(least, Math.round(value)));

/** The units of the knobs: per cent and 1/10,000 of the limit. */
interface Units {
  readonly ratio: number;
  readonly scale: number;
}

/** high goes to the nearest per cent, and from there low to the nearest 1/10,000: a gap of a tenth at most. */
function nearest({ limit, high, low }: WantedMarks): Units {
  const ratio = within((100 * high) / limit, 1, 100);
  return { ratio, scale: within(100 * ratio - (10_000 * low) / limit, 1, 1000) };
}

/** The gap is kept, for that is what keeps it from oscillating, and the start as near as its units allow. */
const sameGap = ({ limit, high, low }: WantedMarks): Units => ({
  // 100 would start it at the limit, too late.
  ratio: within((100 * high) / limit, 1, high < limit ? 99 : 100),
  scale: within((10_000 * (high - low)) / limit, 1, 1000),
});

/** What its units make of marks that were found under any rule, pages. */
export function alinuxMarks(marks: WantedMarks, isOwn: boolean): Units & { high: Pages; low: Pages } {
  const { ratio, scale } = isOwn ? nearest(marks) : sameGap(marks);
  const high = pages(Math.floor((marks.limit * ratio) / 100));
  return { ratio, scale, high, low: pages(high - Math.floor((marks.limit * scale) / 10_000)) };
}

const formsOn =
  ({ folder, file }: Limit<never>, limitKnob: (marks: WantedMarks) => Knob) =>
  (found: FoundMarks, isOwn: boolean): readonly Form[] => {
    const wanted = { ...found, low: found.low ?? found.high };
    const { limit } = wanted;
    const { ratio, scale, high, low } = alinuxMarks(wanted, isOwn);
    const marks = { limit, high, low };
    const knobs = [limitKnob(marks), ...unitKnobs({ ratio, scale })];
    const gap = scale === 1000 ? ' 1000 is the widest gap it has.' : '';
    const units = `Its units are 1 % and 0.01 % of the limit: it starts at ${off(high, wanted.high, limit)} and stops at ${off(low, wanted.low, limit)}.${gap}`;
    return [
      {
        name: 'alinux',
        title: 'to apply it on Alibaba Cloud Linux',
        lines: [
          `cd ${folder}/GROUP`,
          `echo ${kibibytes(limit)} > memory.${file}`,
          `echo ${scale} > memory.wmark_scale_factor`,
          `echo ${ratio} > memory.wmark_ratio`,
        ],
        note: units,
        marks,
        knobs,
      },
      {
        name: 'koordinator',
        title: 'to apply it to a pod with koordinator (Alibaba Cloud Linux, Anolis OS)',
        lines: [
          'metadata:',
          '  annotations:',
          `    koordinator.sh/memoryQOS: '{"wmarkRatio":${ratio},"wmarkScalePermill":${scale}}'`,
          'spec:',
          '  containers:',
          `  - resources: { limits: { memory: ${kibibytes(limit)}i } }`,
        ],
        note: KOORDLET,
        marks,
        knobs,
      },
    ];
  };

/** pkg/koordlet/qosmanager/plugins/cgreconcile/cgroup_reconcile.go. */
const KOORDLET =
  'koordlet writes wmarkScalePermill to memory.wmark_scale_factor as it is: in 0.01 % of the limit, whatever its name says.';

/** `624M (1.2M below what is recommended)`. */
function off(actual: Pages, wanted: Pages, limit: Pages): string {
  const error = actual - wanted;
  if (error === 0) return `${size(actual * PAGE_SIZE)} (exact)`;
  const by = `${size(Math.abs(error) * PAGE_SIZE)}, ${percent(Math.abs(error) / limit)} of the limit,`;
  return `${size(actual * PAGE_SIZE)} (${by} ${error < 0 ? 'below' : 'above'} what is recommended)`;
}

const unitKnobs = ({ ratio, scale }: Units): readonly Knob[] => [
  knob('wmark_ratio', ratio),
  knob('wmark_scale_factor', scale),
];

/** The card, as far as it is the same on every kernel. */
export const alinuxCard = (limit: Limit<never>, limitKnob: (marks: WantedMarks) => Knob) =>
  ({
    name: 'alinux',
    about:
      'a charge above a part of the limit queues a work, which frees what lies above the lower mark and ends',
    home: 'Alibaba Cloud Linux 2 and 3',
    source: SOURCE,
    reclaimer: 'memcg_wmark',
    runs: 'when woken',
    start: { name: 'high', file: 'wmark_high', knob: 'wmark_ratio' },
    stop: { name: 'low', file: 'wmark_low', knob: 'wmark_scale_factor' },
    knobs: (marks) => [limitKnob(marks), ...unitKnobs(nearest(marks))],
    forms: formsOn(limit, limitKnob),
  }) as const satisfies Omit<Card, 'files'>;
