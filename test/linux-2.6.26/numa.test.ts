import { describe, expect, test } from 'vitest';
import { pages, SECOND } from '../../src/kernel/units.ts';
import { startNode } from '../../src/linux-2.6.26/numa.ts';
import type { Mm } from '../../src/linux-2.6.26/types.ts';
import { loadState } from '../../src/machine/save.ts';
import { NODE_SHIFT } from '../../src/mm/page-flags.ts';
import { alloc, stream } from '../support/behaviours.ts';
import { boot, type Console } from '../support/boot.ts';

/** Frames in use by node. */
function perNode(sh: Console): number[] {
  const { mm } = sh.state();
  const counts = Array<number>(mm.nodes).fill(0);
  for (let slot = 0; slot < mm.tables.slots.length; slot += 1) {
    const pfn = mm.tables.slots[slot];
    if (pfn > 0) counts[mm.frames.flags[pfn] >> NODE_SHIFT] += 1;
  }
  return counts;
}

describe('memory on several nodes', () => {
  test('is shared out among them, the first taking what is left over', () => {
    expect(boot({ memory: pages(1000), nodes: 3 }).state().mm.nrFree).toEqual([334, 333, 333]);
  });

  test("comes from the task's own node, then from the next ones, round the end", () => {
    const sh = boot({ memory: pages(900), nodes: 3 });
    sh.spawn('t', '/', 1);
    sh.run('t', alloc(200));
    expect(perNode(sh)).toEqual([0, 200, 0]);
    sh.run('t', alloc(250));
    expect(perNode(sh)).toEqual([0, 300, 150]);
    sh.run('t', alloc(250));
    expect(perNode(sh)).toEqual([100, 300, 300]);
  });

  test('is reclaimed on all of them', () => {
    const sh = boot({ nodes: 2 });
    sh.group('/a');
    for (const node of [0, 1]) {
      sh.spawn(`t${node}`, '/a', node);
      sh.run(`t${node}`, stream(`f${node}`, 250));
    }
    sh.tighten('/a', { low: 10, high: 400 });
    sh.wait(SECOND);
    expect(sh.usage('/a')).toBeLessThanOrEqual(10);
  });

  test('is not there on a node that the machine does not have', () => {
    expect(boot({ nodes: 2 }).do({ op: 'spawn', task: 't', cgroup: '/', node: 2 })).toMatchObject({
      errno: 'EINVAL',
    });
  });
});

describe('the node that a pass begins with', () => {
  /** By node: pages touched once, and touched twice. */
  function firstNode(
    held: readonly (readonly [number, number])[],
    background: boolean,
    posted = false,
  ): number {
    const sh = boot({ nodes: held.length, errata: posted ? ['best-node-forgotten'] : [] });
    sh.group('/a');
    for (const [node, [inactive, active]] of held.entries()) {
      sh.spawn(`t${node}`, '/a', node);
      if (inactive > 0) sh.run(`t${node}`, stream(`cold${node}`, inactive));
      if (active > 0) sh.run(`t${node}`, stream(`hot${node}`, active, { times: 2 }));
    }
    const mm = loadState(sh.machine.save()).mm as Mm;
    const task = mm.tasks.find((each) => each.name === 't0');
    const memcg = mm.memcgs.find((each) => each?.path === '/a');
    if (task === undefined || memcg === undefined || memcg === null) throw new Error('no t0 in /a');
    return startNode(mm, task, memcg, background);
  }

  test.each<[string, [number, number][], number]>([
    [
      'the one with most inactive pages for its active ones',
      [
        [50, 50],
        [90, 10],
        [60, 40],
      ],
      1,
    ],
    [
      'not one that holds less than 3/4 of its share',
      [
        [50, 50],
        [20, 0],
        [60, 40],
      ],
      2,
    ],
    [
      'of equals the first',
      [
        [50, 50],
        [50, 50],
      ],
      0,
    ],
    [
      'the only one that holds anything',
      [
        [0, 0],
        [0, 0],
        [10, 10],
      ],
      2,
    ],
  ])('is %s', (_which, held, node) => {
    expect(firstNode(held, true)).toBe(node);
  });

  test('is, as posted, the last that holds enough', () => {
    expect(
      firstNode(
        [
          [50, 50],
          [90, 10],
          [60, 40],
        ],
        true,
        true,
      ),
    ).toBe(2);
  });

  test("is for direct reclaim the task's own", () => {
    expect(
      firstNode(
        [
          [10, 90],
          [90, 10],
        ],
        false,
      ),
    ).toBe(0);
  });
});
