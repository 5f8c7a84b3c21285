import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import { encodeText } from '../../src/kernel/text.ts';
import { pages } from '../../src/kernel/units.ts';
import { type KernelVersion, Machine, type Operation, type TraceEvent } from '../../src/machine/machine.ts';
import { alloc, stream } from '../support/behaviours.ts';
import { anyOperation, carryOut } from '../support/operations.ts';
import { fingerprint } from '../support/texts.ts';

/** A reclaimer that goes round and round is carried on from event to event: see undisturbedUntil() of kernel/undisturbed.ts. */

/** The next runs take every pass for itself. */
const plain = vi.hoisted(() => ({ is: false }));

vi.mock('../../src/kernel/undisturbed.ts', async (original) => {
  const all = await original<typeof import('../../src/kernel/undisturbed.ts')>();
  const undisturbedUntil: typeof all.undisturbedUntil = (...asked) =>
    plain.is ? 0 : all.undisturbedUntil(...asked);
  return { ...all, undisturbedUntil };
});

/** By kernel: the marks of a group, in pages, as they are written one after the other. */
const MARKS: Record<KernelVersion, (low: number, high: number) => readonly (readonly [string, number])[]> = {
  '2.6.26': (low, high) => [
    ['low_wmark_in_bytes', low],
    ['high_wmark_in_bytes', high],
    ['limit_in_bytes', 400],
  ],
  '6.1': (low, high) => [
    ['high_wmark', high],
    ['low_wmark', low],
    ['max', 400],
  ],
};

const write = (path: string, text: string): Operation => ({ op: 'write', path, data: encodeText(text) });

/** A group with a task whose memory can't be reclaimed down to the low mark; the reclaimer has this nice. */
function opening(kernel: KernelVersion, held: number, low: number, nice: number): readonly Operation[] {
  return [
    { op: 'mkdir', path: '/a' },
    { op: 'mkdir', path: '/b' },
    ...MARKS[kernel](low, low + 20).map(([file, mark]) => write(`/a/memory.${file}`, `${mark * 4096}`)),
    { op: 'renice', task: 'memcontd', nice },
    { op: 'spawn', task: 't0', cgroup: '/a' },
    { op: 'spawn', task: 't1', cgroup: '/a' },
    { op: 'spawn', task: 't2', cgroup: '/b' },
    { op: 'spawn', task: 't3', cgroup: '/' },
    { op: 'start', task: 't1', behaviour: stream('f', held >> 1, { rate: 40_960_000 }) },
    { op: 'run', task: 't0', behaviour: alloc(held) },
  ];
}

const anyCase = fc.record({
  options: fc.record({
    cpus: fc.constantFrom(1, 2, 3),
    memory: fc.constant(pages(1024)),
    swap: fc.constantFrom(0, 0, 0, 40).map(pages),
    nodes: fc.constantFrom(1, 1, 2),
    seed: fc.nat(1000),
    psi: fc.boolean(),
  }),
  held: fc.integer({ min: 60, max: 300 }),
  low: fc.constantFrom(0, 20, 100, 200),
  nice: fc.constantFrom(0, 0, 5, -7, 19),
  before: fc.array(anyOperation, { maxLength: 6 }),
  after: fc.array(anyOperation, { maxLength: 6 }),
  slice: fc.constantFrom(10_000, 100_000),
});

test.each<KernelVersion>(['2.6.26', '6.1'])(
  'on %s who spins is where he is when every pass is run, saved and loaded half way, too',
  (kernel) => {
    fc.assert(
      fc.property(anyCase, ({ options, held, low, nice, before, after, slice }) => {
        const run = (isPlain: boolean, slice: number) => {
          plain.is = isPlain;
          const events: TraceEvent[] = [];
          const observed = (machine: Machine): Machine => {
            machine.observer = (event) => events.push(event);
            return machine;
          };
          const machine = observed(Machine.boot({ ...options, kernel, policy: 'rfc' }));
          const story = carryOut(machine, [...opening(kernel, held, low, nice), ...before], { slice });
          const loaded = observed(Machine.load(machine.save()));
          story.push(...carryOut(loaded, after, { slice }));
          return { story, events, end: fingerprint(loaded) };
        };
        const every = run(true, Infinity);
        expect(run(false, Infinity)).toEqual(every);
        expect(run(false, slice)).toEqual(every);
      }),
      { numRuns: 15 },
    );
  },
);
