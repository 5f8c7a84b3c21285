import fc from 'fast-check';
import { encodeText } from '../../src/kernel/text.ts';
import { ns, pages } from '../../src/kernel/units.ts';
import { ERRATA } from '../../src/linux-2.6.26/errata.ts';
import type { MachineOptions, Operation } from '../../src/machine/machine.ts';
import type { Behaviour, Pattern } from '../../src/task/behaviour.ts';
import {
  type Access,
  alloc,
  batchOf,
  free,
  map,
  sleep,
  stream,
  touch,
  trace,
} from '../support/behaviours.ts';

/**
 * Random machines of 8 to 64 MiB and what is done to them: files beyond an extent, lists long enough
 * for every priority, queues that fill up, neighbours that read and map the same files.
 */

/** A reclaimer that can't reach its mark takes a step every few microseconds: this makes them few. */
const SLOW_PASSES = { priority: 20_000 };
/** A disk that its queues get long on, and one that is hardly noticed. */
const SLOW_DISK = { diskPage: 60_000, diskRequest: 100_000, swapPage: 90_000 };
const QUICK_DISK = { diskPage: 500, diskRequest: 500, diskLatency: 2_000 };

/** On which a reader is ahead of a sleeping reclaimer by as much as makes it give way. */
const SLOW_CPU = { ...SLOW_PASSES, copy: 30_000, charge: 40_000, scan: 5_000, touch: 10_000 };

export const anyBigMachine: fc.Arbitrary<Partial<MachineOptions>> = fc.record({
  cpus: fc.constantFrom(1, 1, 2),
  memory: fc.constantFrom(2048, 4096, 16_384).map(pages),
  swap: fc.constantFrom(0, 300, 4096).map(pages),
  nodes: fc.constantFrom(1, 1, 2, 3),
  seed: fc.nat(1000),
  errata: fc.oneof(
    { weight: 4, arbitrary: fc.constant([]) },
    { weight: 1, arbitrary: fc.subarray([...ERRATA]) },
  ),
  costs: fc.constantFrom(
    SLOW_PASSES,
    SLOW_CPU,
    { ...SLOW_CPU, ...QUICK_DISK },
    { ...SLOW_PASSES, ...SLOW_DISK },
    { ...SLOW_PASSES, ...QUICK_DISK },
  ),
});

const GROUPS = ['/', '/a', '/b', '/a/c'] as const;
const TASKS = ['t0', 't1', 't2', 't3', 't4', 't5'] as const;
const anyGroup = fc.constantFrom(...GROUPS);
const anyTask = fc.constantFrom(...TASKS);
const anyFile = fc.constantFrom('f', 'f', 'g', 'h');

const anySize = fc.oneof(
  fc.integer({ min: 1, max: 100 }),
  fc.integer({ min: 100, max: 800 }),
  fc.integer({ min: 500, max: 2500 }),
);
const anyRate = fc.constantFrom(null, null, null, 40_960_000, 400_000_000);

const anyPattern = fc.constantFrom<Pattern>(
  { kind: 'seq' },
  { kind: 'random' },
  { kind: 'zipf', theta: 0.9 },
  { kind: 'hot', share: 0.1, of: 0.9 },
);

const anyStream = fc
  .record({
    file: anyFile,
    size: anySize,
    at: fc.constantFrom(0, 0, 0, 100, 500, 1000),
    write: fc.constantFrom(false, false, true),
    random: fc.constantFrom(false, false, false, true),
    times: fc.constantFrom(1, 1, 2, 3),
    rate: anyRate,
    block: fc.constantFrom(1, 1, 4, 16, 32, 64, 300),
    readahead: fc.constantFrom(true, true, true, false),
  })
  .map(({ file, size, ...rest }) =>
    stream(file, size, { ...rest, at: pages(rest.at), block: pages(rest.block) }),
  );

/** Writes that no two of are neighbours: each is a request of its own. */
const anyScattered = fc
  .record({ file: anyFile, size: fc.integer({ min: 1000, max: 4000 }), times: fc.constantFrom(1, 2) })
  .map(({ file, size, times }) => stream(file, size, { write: true, random: true, times }));

const anyTouch = fc
  .record({
    pattern: anyPattern,
    times: fc.constantFrom(1, 2),
    forTime: fc.constantFrom(null, null, 5e6, 30e6),
    write: fc.boolean(),
    rate: anyRate,
  })
  .map(({ forTime, times, ...rest }) =>
    touch(null, { ...rest, ...(forTime === null ? { times } : { times: null, forTime: ns(forTime) }) }),
  );

const anyBehaviour: fc.Arbitrary<Behaviour> = fc.oneof(
  { weight: 8, arbitrary: anyStream },
  { weight: 1, arbitrary: anyScattered },
  { weight: 5, arbitrary: anyTouch },
  { weight: 3, arbitrary: anySize.map(alloc) },
  { weight: 1, arbitrary: fc.option(fc.integer({ min: 1, max: 400 })).map(free) },
  { weight: 3, arbitrary: fc.tuple(anyFile, anySize).map(([file, size]) => map(file, size)) },
  { weight: 1, arbitrary: fc.nat(40_000_000).map(sleep) },
  {
    weight: 3,
    arbitrary: fc.tuple(anyFile, fc.constantFrom(true, true, false)).map(([file, asap]) => trace(file, asap)),
  },
);

const write = (path: string, text: string): Operation => ({ op: 'write', path, data: encodeText(text) });
const inGroup = (group: string, file: string): string => `${group === '/' ? '' : group}/${file}`;

/** Marks in pages, in an order that is refused or taken. */
const anyMarks = fc
  .tuple(
    anyGroup,
    fc.integer({ min: 0, max: 900 }),
    fc.constantFrom(0, 5, 40, 200, 1000),
    fc.constantFrom(0, 5, 20, 40, 300),
    fc.constantFrom('lhm', 'lhm', 'mhl', 'hlm', 'l', 'h', 'm'),
  )
  .map(([group, low, above, room, order]): Operation[] => {
    const sizes = { l: low, h: low + above, m: low + above + room };
    const names = { l: 'low_wmark', h: 'high_wmark', m: 'limit' };
    return ([...order] as (keyof typeof sizes)[]).map((mark) =>
      write(inGroup(group, `memory.${names[mark]}_in_bytes`), `${4 * sizes[mark]}K`),
    );
  });

const anyOtherWrite = fc
  .tuple(
    anyGroup,
    fc.constantFrom(
      ['memory.force_empty', '1'],
      ['memory.force_empty', '1'],
      ['memory.reclaimd', 'start'],
      ['memory.reclaimd', 'stop'],
      ['memory.failcnt', '0'],
      ['memory.max_usage_in_bytes', ''],
      ['tasks', '0'],
    ),
  )
  .map(([group, [file, text]]) => write(inGroup(group, file), text));

const anySignal = fc.constantFrom<'KILL' | 'STOP' | 'CONT'>('KILL', 'STOP', 'CONT', 'CONT');

/** A wait long enough now and then for pages to be written because they are old. */
const anySleep = fc.oneof(
  { weight: 15, arbitrary: fc.integer({ min: 1, max: 30_000 }) },
  { weight: 5, arbitrary: fc.integer({ min: 1, max: 500 }) },
  { weight: 1, arbitrary: fc.constantFrom(200_000, 1_000_000) },
);

const anyStep: fc.Arbitrary<readonly Operation[]> = fc.oneof(
  { weight: 8, arbitrary: anySleep.map((us) => [{ op: 'sleep', until: ns(us * 1000) }] as const) },
  {
    weight: 16,
    arbitrary: fc
      .tuple(anyTask, anyBehaviour)
      .map(([task, behaviour]) => [{ op: 'start', task, behaviour }] as const),
  },
  {
    weight: 5,
    arbitrary: fc
      .tuple(anyTask, anyBehaviour)
      .map(([task, behaviour]) => [{ op: 'run', task, behaviour }] as const),
  },
  {
    // Neighbours do the same at the same time.
    weight: 4,
    arbitrary: fc
      .tuple(fc.subarray([...TASKS], { minLength: 2 }), anyBehaviour)
      .map(([tasks, behaviour]) => tasks.map((task) => ({ op: 'start', task, behaviour }) as const)),
  },
  {
    // More than the group has room for: victims, and those who charge before the victims are gone.
    weight: 1,
    arbitrary: fc.array(fc.integer({ min: 150, max: 600 }), { minLength: 3, maxLength: 4 }).map((sizes) =>
      sizes.flatMap((size, i): Operation[] => [
        { op: 'spawn', task: `v${i}`, cgroup: '/b' },
        { op: 'start', task: `v${i}`, behaviour: alloc(size) },
      ]),
    ),
  },
  {
    // What a task had mapped and used is its neighbours' page cache, and memory gets scarce.
    weight: 2,
    arbitrary: fc.tuple(anyTask, anyGroup, anyBehaviour).map(([task, cgroup, behaviour]): Operation[] => [
      { op: 'kill', task, signal: 'KILL' },
      { op: 'spawn', task, cgroup },
      { op: 'start', task, behaviour },
    ]),
  },
  {
    // A file is cut off while it is read, and its blocks go to others.
    weight: 2,
    arbitrary: fc
      .tuple(anyFile, fc.nat(2000), anyTask, anyTask, anyBehaviour)
      .map(([file, us, one, other, behaviour]): Operation[] => [
        { op: 'start', task: one, behaviour: stream(file, 1200, { block: pages(32) }) },
        { op: 'sleep', until: ns(us * 1000) },
        { op: 'truncate', file, pages: pages(0) },
        { op: 'start', task: other, behaviour },
      ]),
  },
  { weight: 5, arbitrary: anyMarks },
  { weight: 2, arbitrary: anyOtherWrite.map((each) => [each]) },
  {
    weight: 2,
    arbitrary: fc.tuple(anyTask, anySignal).map(([task, signal]) => [{ op: 'kill', task, signal }] as const),
  },
  {
    weight: 2,
    arbitrary: fc.tuple(anyTask, anyGroup).map(([task, cgroup]) => [{ op: 'attach', task, cgroup }] as const),
  },
  {
    weight: 1,
    arbitrary: fc
      .tuple(anyTask, fc.integer({ min: -20, max: 19 }))
      .map(([task, nice]) => [{ op: 'renice', task, nice }] as const),
  },
  {
    weight: 3,
    arbitrary: fc
      .tuple(anyTask, anyGroup, fc.nat(2))
      .map(([task, cgroup, node]) => [{ op: 'spawn', task, cgroup, node }] as const),
  },
  { weight: 2, arbitrary: anyTask.map((task) => [{ op: 'stop', task }] as const) },
  { weight: 2, arbitrary: anyTask.map((task) => [{ op: 'wait-task', task }] as const) },
  { weight: 1, arbitrary: anyGroup.map((path) => [{ op: 'mkdir', path }] as const) },
  { weight: 1, arbitrary: anyGroup.map((path) => [{ op: 'rmdir', path }] as const) },
  { weight: 2, arbitrary: fc.option(anyFile).map((file) => [{ op: 'drop', file }] as const) },
  { weight: 1, arbitrary: fc.constant([{ op: 'sync' }] as const) },
  {
    weight: 2,
    arbitrary: fc
      .tuple(anyFile, fc.nat(1500))
      .map(([file, size]) => [{ op: 'truncate', file, pages: pages(size) }] as const),
  },
);

/** Two groups whose reclaimers sleep between their marks, one with a limit alone, tasks on all nodes. */
const OPENING: readonly Operation[] = [
  { op: 'mkdir', path: '/a' },
  { op: 'mkdir', path: '/b' },
  { op: 'mkdir', path: '/a/c' },
  write('/a/memory.low_wmark_in_bytes', '1200K'),
  write('/a/memory.high_wmark_in_bytes', '1600K'),
  write('/a/memory.limit_in_bytes', '1760K'),
  write('/a/c/memory.low_wmark_in_bytes', '2400K'),
  write('/a/c/memory.high_wmark_in_bytes', '3M'),
  write('/b/memory.low_wmark_in_bytes', '0'),
  write('/b/memory.high_wmark_in_bytes', '2M'),
  write('/b/memory.reclaimd', 'stop'),
  write('/b/memory.limit_in_bytes', '2M'),
  { op: 'spawn', task: 't0', cgroup: '/a' },
  { op: 'spawn', task: 't1', cgroup: '/a', node: 1 },
  { op: 'spawn', task: 't1', cgroup: '/a' },
  { op: 'spawn', task: 't2', cgroup: '/b' },
  { op: 'spawn', task: 't3', cgroup: '/a/c' },
  { op: 'spawn', task: 't4', cgroup: '/', node: 1 },
  { op: 'spawn', task: 't5', cgroup: '/b' },
];

export const anyBigScript = (maxLength: number): fc.Arbitrary<readonly Operation[]> =>
  fc.array(anyStep, { minLength: 1, maxLength, size: 'max' }).map((steps) => [...OPENING, ...steps.flat()]);

/** Accesses to three files, most of them single reads of few pages, again and again. */
export const RECORDS = batchOf(
  Array.from({ length: 500 }, (_, i): Access => {
    const page = i % 11 === 0 ? (i * 37) % 1500 : (i * i) % 50;
    const count = i % 7 === 0 ? 1 + (i % 40) : 1;
    return { time: i * 40_000, page, count, file: i % 5 === 0 ? i % 3 : 0, write: i % 23 === 0 };
  }),
);

/** Few pages that get old before they are written, here and there in their files. */
export const anyPatientScript: fc.Arbitrary<readonly Operation[]> = fc
  .array(
    fc.tuple(
      anyFile,
      fc.integer({ min: 1, max: 60 }),
      fc.constantFrom(0, 300, 600, 1500),
      fc.boolean(),
      fc.integer({ min: 10, max: 9000 }),
    ),
    { minLength: 6, maxLength: 12 },
  )
  .map((writes) => [
    { op: 'spawn', task: 't0', cgroup: '/' },
    ...writes.flatMap(([file, size, at, random, ms]): Operation[] => [
      { op: 'run', task: 't0', behaviour: stream(file, size, { at: pages(at), write: true, random }) },
      { op: 'sleep', until: ns(ms * 1e6) },
    ]),
  ]);
