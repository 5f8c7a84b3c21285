import { charge } from './model/charge.ts';
import { sizeWriter, writer } from './model/daemon.ts';
import { freezer } from './model/freezer.ts';
import { memcontd } from './model/memcontd.ts';
import { forceEmpty, holder, rmdir } from './model/rmdir.ts';
import type { Variant } from './model/variant.ts';
import type { Program } from './program.ts';
import { ALIVE, type SharedName } from './state.ts';

export interface Thread {
  readonly name: string;
  readonly program: Program;
  /** Of its registers; 0 where left out. */
  readonly registers?: readonly number[];
  /** It may run for ever, and be asleep at the end. */
  readonly daemon?: boolean;
}

export interface Scenario {
  readonly about: string;
  /** Tasks that charge, if it has any: how many unless it is said. */
  readonly tasks?: number;
  /** Numbers that are not 0 at the beginning. */
  initial(variant: Variant): Partial<Record<SharedName, number>>;
  /** Equal tasks first. */
  threads(variant: Variant, tasks: number): Thread[];
}

/** Pages that each task charges. */
const CHARGES = 3;

const daemons = (
  variant: Variant,
  reclaimable = true,
  freezes = false,
  slots: readonly (0 | 1)[] = [0, 1],
): Thread[] =>
  slots.map((slot) => ({
    name: slots.length === 1 ? 'memcontd' : `memcontd ${slot + 1}`,
    program: memcontd(slot, variant, reclaimable, freezes),
    daemon: true,
  }));

const tasksOf = (variant: Variant, tasks: number, reclaimable = true): Thread[] =>
  Array.from({ length: tasks }, (_, at) => ({
    name: `task ${at + 1}`,
    program: charge(variant, reclaimable),
    registers: [CHARGES, 0],
  }));

const UNLIMITED = { low: 1, high: 2, limit: 15 } as const;
/** memcontd has been started, and some pages are charged. */
const started = (variant: Variant, pages: number) => ({
  ...UNLIMITED,
  thread: 1,
  life0: ALIVE,
  dentry: 1,
  usage: pages,
  refs: pages + (variant.has('creator-reference') ? 1 : 0),
});

export const SCENARIOS = {
  charge: {
    about: `tasks that charge ${CHARGES} pages each, and memcontd`,
    tasks: 3,
    initial: (variant) => started(variant, 0),
    threads: (variant, tasks) => [...tasksOf(variant, tasks), ...daemons(variant, true, false, [0])],
  },
  tight: {
    about:
      'tasks that charge, and memcontd, where low equals high: a single page lies between sleep and wake-up',
    tasks: 2,
    initial: (variant) => ({ ...started(variant, 0), low: 2 }),
    threads: (variant, tasks) => [...tasksOf(variant, tasks), ...daemons(variant, true, false, [0])],
  },
  limit: {
    about: `tasks that charge ${CHARGES} pages each beyond a limit of 3, and memcontd`,
    tasks: 2,
    initial: (variant) => ({ ...started(variant, 0), limit: 3 }),
    threads: (variant, tasks) => [...tasksOf(variant, tasks), ...daemons(variant, true, false, [0])],
  },
  oom: {
    about: 'tasks that charge beyond a limit of 3 what nobody can reclaim',
    tasks: 2,
    initial: () => ({ ...UNLIMITED, limit: 3 }),
    threads: (variant, tasks) => tasksOf(variant, tasks, false),
  },
  rmdir: {
    about: 'the first write of high_wmark_in_bytes, to a file that is open, against rmdir',
    initial: () => ({ ...UNLIMITED, usage: 2, refs: 2, dentry: 2 }),
    threads: (variant) => [
      { name: 'writer', program: writer(variant) },
      { name: 'rmdir', program: rmdir(variant) },
      ...daemons(variant),
    ],
  },
  restart: {
    about: 'a write of high_wmark_in_bytes, to a file that is open, against rmdir, while memcontd runs',
    initial: (variant) => ({ ...started(variant, 2), dentry: 2 }),
    threads: (variant) => [
      { name: 'writer', program: writer(variant) },
      { name: 'rmdir', program: rmdir(variant) },
      ...daemons(variant),
    ],
  },
  again: {
    about: 'rmdir is refused since somebody holds a reference; then high_wmark_in_bytes is written again',
    initial: (variant) => {
      const { refs, ...rest } = started(variant, 1);
      return { ...rest, refs: refs + 1, dentry: 2 };
    },
    threads: (variant) => [
      { name: 'holder', program: holder() },
      { name: 'rmdir', program: rmdir(variant) },
      { name: 'writer', program: writer(variant, true) },
      ...daemons(variant),
    ],
  },
  stop: {
    about: 'rmdir stops memcontd, wherever that is in its loop',
    initial: (variant) => started(variant, 3),
    threads: (variant) => [{ name: 'rmdir', program: rmdir(variant) }, ...daemons(variant, true, false, [0])],
  },
  spin: {
    about: 'rmdir stops memcontd, which can free nothing and never sleeps',
    initial: (variant) => started(variant, 3),
    threads: (variant) => [
      { name: 'rmdir', program: rmdir(variant) },
      ...daemons(variant, false, false, [0]),
    ],
  },
  start: {
    about: 'two first writes of high_wmark_in_bytes at once',
    initial: () => ({ ...UNLIMITED, usage: 2, refs: 2, dentry: 3 }),
    threads: (variant) => [
      { name: 'writer 1', program: writer(variant) },
      { name: 'writer 2', program: writer(variant) },
      ...daemons(variant),
    ],
  },
  'force-empty': {
    about: 'a write of force_empty, to a file that is open, against rmdir, while memcontd runs',
    initial: (variant) => ({ ...started(variant, 2), dentry: 2 }),
    threads: (variant) => [
      { name: 'force_empty', program: forceEmpty(variant) },
      { name: 'rmdir', program: rmdir(variant) },
      ...daemons(variant, true, false, [0]),
    ],
  },
  'force-empty-busy': {
    about: 'a write of force_empty while tasks are in the group and charge',
    tasks: 1,
    initial: () => ({ ...UNLIMITED, dentry: 2, count: 1 }),
    threads: (variant, tasks) => [
      ...tasksOf(variant, tasks),
      { name: 'force_empty', program: forceEmpty(variant) },
    ],
  },
  freezer: {
    about: 'the freezer against rmdir, while memcontd runs',
    initial: (variant) => started(variant, 3),
    threads: (variant) => [
      { name: 'freezer', program: freezer() },
      { name: 'rmdir', program: rmdir(variant) },
      ...daemons(variant, true, true, [0]),
    ],
  },
  'freezer-spin': {
    about: 'the freezer, while memcontd can free nothing and never sleeps',
    initial: (variant) => started(variant, 3),
    threads: (variant) => [{ name: 'freezer', program: freezer() }, ...daemons(variant, false, true, [0])],
  },
  marks: {
    about: 'low, high and the limit are written at once',
    initial: () => ({ low: 2, high: 4, limit: 6 }),
    threads: (variant) => [
      { name: 'write low', program: sizeWriter('low', 4, variant) },
      { name: 'write high', program: sizeWriter('high', 3, variant) },
      { name: 'write limit', program: sizeWriter('limit', 3, variant) },
    ],
  },
} as const satisfies Record<string, Scenario>;

export type ScenarioName = keyof typeof SCENARIOS;
export const SCENARIO_NAMES = Object.keys(SCENARIOS) as ScenarioName[];
