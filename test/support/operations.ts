import fc from 'fast-check';
import { encodeText } from '../../src/kernel/text.ts';
import { ns, pages } from '../../src/kernel/units.ts';
import type { Machine, MachineOptions, Operation, Result } from '../../src/machine/machine.ts';
import type { Behaviour, Pattern } from '../../src/task/behaviour.ts';
import { alloc, batchOf, free, map, sleep, stream, touch, trace } from './behaviours.ts';

/** Random machines and random things to do to them, for properties. Small: a case takes milliseconds. */

/** A spinning reclaimer takes many steps a millisecond: the costs make them few. */
const COSTS = { priority: 50_000, syscall: 5_000, contextSwitch: 5_000 };

export const anyMachine: fc.Arbitrary<Partial<MachineOptions>> = fc.record({
  cpus: fc.constantFrom(1, 2, 3),
  memory: fc.constantFrom(256, 300, 1024).map(pages),
  swap: fc.constantFrom(0, 40, 200).map(pages),
  nodes: fc.constantFrom(1, 1, 2),
  seed: fc.nat(1000),
  reclaimd: fc.constantFrom(true, true, true, false),
  costs: fc.constant(COSTS),
});

const GROUPS = ['/', '/a', '/b', '/a/c'] as const;
const FILES = ['f', 'g'] as const;
const TASKS = ['t0', 't1', 't2', 't3'] as const;

const anyGroup = fc.constantFrom(...GROUPS);
const anyTask = fc.constantFrom(...TASKS);
const anyFile = fc.constantFrom(...FILES);
const anySize = fc.oneof(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 250 }));
const anyRate = fc.constantFrom(null, null, 4_096_000, 400_000_000);

const anyPattern: fc.Arbitrary<Pattern> = fc.constantFrom<Pattern>(
  { kind: 'seq' },
  { kind: 'random' },
  { kind: 'zipf', theta: 0.9 },
  { kind: 'zipf', theta: 1 },
  { kind: 'hot', share: 0.1, of: 0.9 },
);

const anyStream = fc
  .record({
    file: anyFile,
    size: anySize,
    at: fc.constantFrom(0, 0, 30),
    write: fc.boolean(),
    random: fc.boolean(),
    times: fc.constantFrom(1, 2),
    rate: anyRate,
    block: fc.constantFrom(1, 4, 40),
    readahead: fc.boolean(),
  })
  .map(({ file, size, ...rest }) =>
    stream(file, size, { ...rest, at: pages(rest.at), block: pages(rest.block) }),
  );

const anyTouch = fc
  .record({ pattern: anyPattern, times: fc.constantFrom(1, 3), write: fc.boolean(), rate: anyRate })
  .map((rest) => touch(null, rest));

export const anyBehaviour: fc.Arbitrary<Behaviour> = fc.oneof(
  { weight: 4, arbitrary: anyStream },
  { weight: 3, arbitrary: anyTouch },
  { weight: 3, arbitrary: anySize.map(alloc) },
  { weight: 1, arbitrary: fc.option(fc.integer({ min: 1, max: 40 })).map(free) },
  { weight: 2, arbitrary: fc.tuple(anyFile, anySize).map(([file, size]) => map(file, size)) },
  { weight: 1, arbitrary: fc.nat(40_000_000).map(sleep) },
  { weight: 1, arbitrary: fc.boolean().map((asap) => trace('recorded', asap)) },
);

const write = (path: string, text: string): Operation => ({ op: 'write', path, data: encodeText(text) });

const inGroup = (group: string, file: string): string => `${group === '/' ? '' : group}/${file}`;

const anyMark = fc
  .tuple(
    anyGroup,
    fc.constantFrom('low_wmark', 'low_wmark', 'high_wmark', 'high_wmark', 'limit'),
    fc.oneof(
      anySize.map((size) => `${4 * size}K`),
      fc.constantFrom('0', '1G', '', 'x'),
    ),
  )
  .map(([group, mark, text]) => write(inGroup(group, `memory.${mark}_in_bytes`), text));

const anyOtherWrite = fc
  .tuple(
    anyGroup,
    fc.constantFrom(
      ['memory.force_empty', '1'],
      ['memory.reclaimd', 'start'],
      ['memory.reclaimd', 'stop'],
      ['memory.failcnt', '0'],
      ['memory.max_usage_in_bytes', ''],
      ['tasks', '0'],
      ['memory.usage_in_bytes', '1'],
    ),
  )
  .map(([group, [file, text]]) => write(inGroup(group, file), text));

const onTask = fc.tuple(
  anyTask,
  fc.constantFrom<'KILL' | 'STOP' | 'CONT'>('KILL', 'STOP', 'CONT', 'CONT'),
  anyGroup,
  fc.integer({ min: -20, max: 19 }),
  anyBehaviour,
);

/** A rename keeps to the directory's names, so that later operations find something. */
const anyRename = fc.constantFrom<[string, string]>(
  ['/a', '/b'],
  ['/b', '/a'],
  ['/a/c', '/a/d'],
  ['/a', '/x/y'],
);

export const anyOperation: fc.Arbitrary<Operation> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.integer({ min: 1, max: 30 }).map((ms) => ({ op: 'sleep', until: ns(ms * 1e6) }) as const),
  },
  {
    weight: 8,
    arbitrary: onTask.map(([task, , , , behaviour]) => ({ op: 'start', task, behaviour }) as const),
  },
  {
    weight: 5,
    arbitrary: onTask.map(([task, , , , behaviour]) => ({ op: 'run', task, behaviour }) as const),
  },
  { weight: 6, arbitrary: anyMark },
  { weight: 2, arbitrary: anyOtherWrite },
  { weight: 2, arbitrary: onTask.map(([task, signal]) => ({ op: 'kill', task, signal }) as const) },
  { weight: 3, arbitrary: onTask.map(([task, , cgroup]) => ({ op: 'attach', task, cgroup }) as const) },
  { weight: 1, arbitrary: onTask.map(([task, , , nice]) => ({ op: 'renice', task, nice }) as const) },
  { weight: 2, arbitrary: onTask.map(([task, , cgroup]) => ({ op: 'spawn', task, cgroup }) as const) },
  { weight: 1, arbitrary: onTask.map(([task]) => ({ op: 'stop', task }) as const) },
  { weight: 1, arbitrary: onTask.map(([task]) => ({ op: 'wait-task', task }) as const) },
  { weight: 1, arbitrary: anyGroup.map((path) => ({ op: 'mkdir', path }) as const) },
  { weight: 2, arbitrary: anyGroup.map((path) => ({ op: 'rmdir', path }) as const) },
  { weight: 1, arbitrary: anyRename.map(([from, to]) => ({ op: 'rename', from, to }) as const) },
  { weight: 1, arbitrary: fc.option(anyFile).map((file) => ({ op: 'drop', file }) as const) },
  { weight: 1, arbitrary: fc.constant({ op: 'sync' } as const) },
  {
    weight: 2,
    arbitrary: fc
      .tuple(anyFile, fc.nat(60))
      .map(([file, size]) => ({ op: 'truncate', file, pages: pages(size) }) as const),
  },
);

/** Cgroups with marks and tasks in them, so that random operations meet something. */
export const OPENING: readonly Operation[] = [
  { op: 'mkdir', path: '/a' },
  { op: 'mkdir', path: '/b' },
  { op: 'mkdir', path: '/a/c' },
  write('/a/memory.low_wmark_in_bytes', '160K'),
  write('/a/memory.high_wmark_in_bytes', '240K'),
  write('/a/memory.limit_in_bytes', '280K'),
  write('/b/memory.low_wmark_in_bytes', '0'),
  write('/b/memory.high_wmark_in_bytes', '200K'),
  write('/b/memory.limit_in_bytes', '200K'),
  { op: 'spawn', task: 't0', cgroup: '/a' },
  { op: 'spawn', task: 't1', cgroup: '/a' },
  { op: 'spawn', task: 't2', cgroup: '/b' },
  { op: 'spawn', task: 't3', cgroup: '/' },
];

export const anyOperations = (maxLength: number): fc.Arbitrary<readonly Operation[]> =>
  fc.array(anyOperation, { minLength: 1, maxLength, size: 'max' }).map((rest) => [...OPENING, ...rest]);

/** Longest that an operation is waited for, ns: some (a wait for a stopped task) never end. */
const PATIENCE = 60e6;

/** 40 records over 20 ms, some that touch again, some that write. */
const RECORDED = batchOf(
  Array.from({ length: 40 }, (_, i) => ({
    time: i * 500_000,
    page: (i * 17) % 60,
    count: 1 + (i % 3),
    write: i % 5 === 0,
  })),
);

/** What was answered, and how each call of run() ended: two equal runs give equal stories. */
export type Story = string[];

export interface Run {
  /** Longest slice of virtual time that is run at once, ns. */
  readonly slice?: number;
  /** Called after each operation. */
  readonly after?: (operation: Operation) => void;
}

/** Carries out operations, a `sleep` being so long as it says; gives up on what takes too long. */
export function carryOut(machine: Machine, operations: readonly Operation[], run: Run = {}): Story {
  const story: Story = [];
  for (const operation of operations) {
    const now =
      operation.op === 'sleep' ? { ...operation, until: ns(machine.now + operation.until) } : operation;
    const answer = machine.perform(now) ?? finish(machine, run.slice ?? Infinity);
    story.push(`${operation.op} ${answer.ok ? 'done' : answer.errno} ${machine.now}`);
    run.after?.(operation);
  }
  return story;
}

function finish(machine: Machine, slice: number): Result<undefined> {
  const end = machine.now + PATIENCE;
  for (;;) {
    const stop = machine.run(ns(Math.min(end, machine.now + slice)));
    if (stop.why === 'done') return stop.result;
    // Each a batch of its own, as drivers read them: whether two tasks share one is seen in a fingerprint.
    if (stop.why === 'needs') machine.feed(stop.source, structuredClone(RECORDED), true);
    else if (machine.now >= end || stop.why === 'idle') machine.interrupt();
  }
}
