import { deserialize, serialize } from 'node:v8';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { encodeText } from '../../src/kernel/text.ts';
import { pages } from '../../src/kernel/units.ts';
import { policyNamed } from '../../src/machine/kernels.ts';
import {
  Machine,
  type MachineOptions,
  type Operation,
  POLICIES,
  type PolicyName,
  type SavedMachine,
} from '../../src/machine/machine.ts';
import { brokenInvariants, leftBehind } from '../support/invariants.ts';
import { anyMachine, anyOperations, carryOut } from '../support/operations.ts';
import { allTexts, fingerprint } from '../support/texts.ts';

/** Machines of every policy, with marks in the two groups that random operations meet. */

const OTHERS = POLICIES.filter((policy) => policy !== 'rfc');

const writes = (policy: PolicyName): Operation[] =>
  [
    { group: '/a', limit: 70, high: 60, low: 40 },
    { group: '/b', limit: 50, high: 45, low: 20 },
  ].flatMap(({ group, limit, high, low }) =>
    policyNamed(policy)
      .knobs({ limit: pages(limit), high: pages(high), low: pages(low) })
      .map(({ file, value }) => ({
        op: 'write' as const,
        path: `${group}/${file}`,
        data: encodeText(value),
      })),
  );

/** Knobs that are written in between; most are refused where they are no file. */
const anyKnob: fc.Arbitrary<Operation> = fc
  .tuple(
    fc.constantFrom('/a', '/b', ''),
    fc.constantFrom(
      ['wmark_ratio', '60'],
      ['wmark_ratio', '0'],
      ['wmark_scale_factor', '1000'],
      ['high_wmark_distance', '100K'],
      ['low_wmark_distance', '40K'],
      ['high', '120K'],
      ['high', 'max'],
      ['reclaim', '80K'],
      ['reclaim_loop.start', '120K'],
      ['reclaim_loop.interval_ms', '3'],
      ['reclaim_loop.batch', '16K'],
      ['limit_in_bytes', '180K'],
    ),
  )
  .map(([group, [file, text]]) => ({
    op: 'write',
    path: `${group}/memory.${file}`,
    data: encodeText(text),
  }));

const anyCase = (
  length: number,
): fc.Arbitrary<{ options: Partial<MachineOptions>; operations: readonly Operation[] }> =>
  fc
    .record({
      options: anyMachine,
      policy: fc.constantFrom(...OTHERS),
      operations: anyOperations(length),
      knobs: fc.array(anyKnob, { maxLength: 4 }),
    })
    .map(({ options, policy, operations, knobs }) => {
      const half = operations.length >> 1;
      return {
        options: { ...options, policy },
        operations: [
          ...operations.slice(0, 13),
          ...writes(policy),
          ...operations.slice(13, half),
          ...knobs,
          ...operations.slice(Math.max(13, half)),
        ],
      };
    });

test('under any policy lists, page tables, queues and counters agree after every operation', () => {
  fc.assert(
    fc.property(anyCase(25), ({ options, operations }) => {
      const machine = Machine.boot(options);
      carryOut(machine, operations, {
        after: () => {
          const { state } = machine.save();
          expect([...brokenInvariants(state), ...leftBehind(state)]).toEqual([]);
        },
      });
    }),
    { numRuns: 150 },
  );
});

test('under any policy a machine that was saved goes on to the byte as the original does', () => {
  fc.assert(
    fc.property(anyCase(15), anyOperations(10), ({ options, operations }, rest) => {
      const machine = Machine.boot(options);
      carryOut(machine, operations);
      const other = Machine.load(deserialize(serialize(machine.save())) as SavedMachine);
      const future = (one: Machine): unknown => [carryOut(one, rest), allTexts(one), fingerprint(one)];
      expect(future(other)).toEqual(future(machine));
    }),
    { numRuns: 40 },
  );
});

describe('a machine that is forked in the middle of', () => {
  test.each<[string, PolicyName, string, number]>([
    ['a work of alinux', 'alinux', 'stream', 200],
    ['a pass of kswapd2011', 'kswapd2011', 'stream', 200],
    ['the sleep of a task above memory.high', 'memory.high', 'alloc', 30],
    ['a batch of the loop', 'reclaim-loop', 'stream', 1500],
  ])('%s goes on in the same way', (_what, policy, kind, ms) => {
    const machine = Machine.boot({ policy, memory: pages(60_000) });
    const perform = (operation: Operation): void => {
      if (machine.perform(operation) === null) machine.run(null);
    };
    perform({ op: 'mkdir', path: '/a' });
    for (const { file, value } of policyNamed(policy).knobs({
      limit: pages(20_000),
      high: pages(10_000),
      low: pages(5000),
    })) {
      perform({ op: 'write', path: `/a/${file}`, data: encodeText(value) });
    }
    perform({ op: 'spawn', task: 't', cgroup: '/a' });
    const behaviour =
      kind === 'alloc'
        ? ({ kind: 'alloc', pages: pages(11_000) } as const)
        : ({
            kind: 'stream',
            file: 'f',
            pages: pages(200_000),
            at: pages(0),
            write: false,
            random: false,
            times: 1,
            rate: null,
            block: pages(1),
            readahead: true,
          } as const);
    perform({ op: 'start', task: 't', behaviour });
    let passes = 0;
    const other = (() => {
      for (;;) {
        machine.run((machine.now + 1_000_000) as typeof machine.now);
        passes = machine.reclaimStat('/a').bg_passes + machine.reclaimStat('/a').direct_passes;
        if (passes > 0 || machine.now > ms * 1e9) return machine.fork();
      }
    })();
    expect(passes).toBeGreaterThan(0);
    const end = (machine.now + 500_000_000) as typeof machine.now;
    machine.run(end);
    other.run(end);
    expect(fingerprint(other)).toBe(fingerprint(machine));
  });
});

test('policy=rfc wmarks=off is policy=none', () => {
  const files = (options: Partial<MachineOptions>): unknown => Machine.boot(options).list('/');
  expect(files({ wmarks: false })).toEqual(files({ policy: 'none' }));
  expect(files({ policy: 'none' })).not.toEqual(files({}));
});
