import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import { newRandom, nextBelow } from '../../src/kernel/random.ts';
import { pages } from '../../src/kernel/units.ts';
import { Machine } from '../../src/machine/machine.ts';
import { DROP, READ, WRITE } from '../../src/task/behaviour.ts';
import { type Access, batchOf, stream, trace } from '../support/behaviours.ts';
import { Console } from '../support/boot.ts';
import { fingerprint } from '../support/texts.ts';

/** The next machines leave all to TypeScript that can be left to it. */
const slow = vi.hoisted(() => ({ is: false }));

vi.mock('../../src/mm/page-core.ts', async (original) => {
  const { newPageCore } = await original<typeof import('../../src/mm/page-core.ts')>();
  const { OWNER } = await import('../../src/mm/lone-words.ts');
  return {
    newPageCore: () => {
      const core = newPageCore();
      if (!slow.is) return core;
      const { readPages } = core;
      return Object.assign(core, {
        readPages: (from: number, to: number, calls: number): number => {
          core.loneCounts[OWNER] = 0;
          return readPages(from, to, calls, 0);
        },
        touchFolios: () => -1,
        enterFolios: () => 0,
        evictFolios: () => -1,
        keepLocked: () => false,
      });
    },
  };
});

/** What a machine has in it, and what its tasks do. */
interface Story {
  /** memory.max and memory.high of the group, and of the one above; pages. */
  readonly max: number;
  readonly high: number | null;
  readonly above: number;
  readonly swap: number;
  readonly nodes: number;
  readonly psi: boolean;
  /** Pages read by somebody else before, of the same file. */
  readonly before: number;
  readonly anon: number;
  readonly streamed: number;
  /** Of what is left to chance in its accesses, and how many there are. */
  readonly seed: number;
  readonly length: number;
}

/** Most are reads of one page of one file, and some pages are hot. */
function accessesOf({ max, seed, length }: Story): Access[] {
  const random = newRandom(seed);
  const one = (of: number): boolean => nextBelow(random, of) === 0;
  return Array.from({ length }, () => ({
    time: 0,
    page: nextBelow(random, Math.ceil((3 * max) / [1, 8, 64][nextBelow(random, 3)])),
    count: one(30) ? 2 + nextBelow(random, 40) : 1,
    file: one(30) ? 1 : 0,
    op: one(60) ? WRITE : one(200) ? DROP : READ,
  }));
}

const story: fc.Arbitrary<Story> = fc.integer({ min: 40, max: 600 }).chain((max) =>
  fc.record({
    max: fc.constant(max),
    high: fc.option(fc.integer({ min: 20, max })),
    above: fc.constantFrom(max - 10, max + 100, 10_000),
    swap: fc.constantFrom(0, 0, 500),
    nodes: fc.constantFrom(1, 1, 2),
    psi: fc.boolean(),
    before: fc.constantFrom(0, 0, 30),
    anon: fc.constantFrom(0, 0, Math.floor(max / 4)),
    streamed: fc.constantFrom(0, 100, 700),
    seed: fc.nat(),
    length: fc.integer({ min: 1, max: 3000 }),
  }),
);

/** The statistics heard of the index's nodes before they heard of the page that needed one. */
const NODES_FIRST: Story = {
  max: 593,
  high: 20,
  above: 583,
  swap: 0,
  nodes: 1,
  psi: false,
  before: 30,
  anon: 0,
  streamed: 0,
  seed: 1903250588,
  length: 941,
};

/** The state in which it ends. `watched`: every event is looked at, so that nothing is done but event by event. */
function endOf(story: Story, watched: (() => boolean) | null, isSlow = false): string {
  const { max, high, above, swap, nodes, psi, before, anon, streamed } = story;
  slow.is = isSlow;
  const options = { memory: pages(4096), swap: pages(swap), nodes, psi, cpus: 1 };
  const sh = new Console(Machine.boot({ kernel: '6.1', ...options }));
  for (const path of ['/p', '/p/a', '/p/b']) {
    sh.mkdir(path);
    if (path === '/p') sh.write('/p/cgroup.subtree_control', '+memory');
  }
  sh.write('/p/memory.max', `${above * 4096}`);
  sh.write('/p/a/memory.max', `${max * 4096}`);
  if (high !== null) sh.write('/p/a/memory.high', `${high * 4096}`);
  sh.spawn('t', '/p/a');
  sh.spawn('u', '/p/b');
  if (before > 0) sh.run('u', stream('recorded', before, { readahead: false }));
  if (anon > 0) sh.run('t', { kind: 'alloc', pages: pages(anon) });
  sh.machine.perform({ op: 'run', task: 't', behaviour: trace('recorded', true) });
  sh.machine.run(null, watched);
  sh.machine.feed('recorded', batchOf(accessesOf(story)), true);
  const stop = sh.machine.run(null, watched);
  if (streamed > 0) sh.run('t', stream('recorded', streamed, { block: pages(8), times: 2 }));
  return `${stop.why} ${fingerprint(sh.machine)}`;
}

test('what a task reads alone ends as it does when every event is looked at', () => {
  fc.assert(
    fc.property(story, (each) => {
      expect(endOf(each, null)).toBe(endOf(each, () => false));
    }),
    { numRuns: 12, examples: [[NODES_FIRST]] },
  );
});

test('what the page core does with pages is what TypeScript does with them one by one', () => {
  fc.assert(
    fc.property(story, (each) => {
      expect(endOf(each, null)).toBe(endOf(each, null, true));
    }),
    { numRuns: 12, examples: [[NODES_FIRST]] },
  );
});
