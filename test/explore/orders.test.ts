import { describe, expect, test } from 'vitest';
import { exploreOrders, type Orders } from '../../src/explore/orders/orders.ts';
import { type Ran, search } from '../../src/explore/orders/search.ts';
import type { Turn } from '../../src/explore/orders/turns.ts';
import type { Chooser } from '../../src/kernel/sched.ts';
import { Machine } from '../../src/machine/machine.ts';
import type { Task } from '../../src/mm/types.ts';
import { runScript } from '../../src/script/run.ts';
import { runLines, settings } from '../script/scripts.ts';

/** Two tasks read one file; whoever comes first pays. */
const FIRST_TOUCHER = `machine cpus=1
mkdir a b
spawn first a
spawn second b
start first stream data.img 64K
start second stream data.img 64K
wait first
wait second
expect a/usage_in_bytes == 64K
expect a/failcnt == 0
`;

async function orders(
  text: string,
  preemptions: number,
  most = 10_000,
  stopAt = Number.POSITIVE_INFINITY,
): Promise<Orders> {
  const interrupt = new AbortController();
  let begun = 0;
  async function* input(): AsyncGenerator<Uint8Array> {
    begun += 1;
    if (begun === stopAt) interrupt.abort();
    yield Buffer.from(text);
  }
  const { traces } = settings('-');
  const { signal } = interrupt;
  const found = await exploreOrders(
    { script: '-', input, boot: null, group: '/default', traces, signal },
    { preemptions, orders: most },
  );
  if ('kind' in found) throw new Error(found.message);
  return found;
}

/** Counts orders as simply as can be: each run takes the candidates of a list of numbers, which then counts on. */
async function counted(text: string, preemptions: number) {
  let orders = 0;
  let holds = 0;
  for (let numbers: number[] | null = []; numbers !== null; ) {
    const made: { takes: number; most: number }[] = [];
    let left = preemptions;
    const given: readonly number[] = numbers;
    const chooser: Chooser<Task> = {
      choose(candidates, running) {
        const most = running !== null && left === 0 ? 0 : candidates.length - 1;
        const takes = given[made.length] ?? 0;
        if (running !== null && takes > 0) left -= 1;
        made.push({ takes, most });
        return candidates[takes];
      },
    };
    const bootMachine = (options: Parameters<typeof Machine.boot>[0]) => {
      const machine = Machine.boot(options);
      machine.chooser = chooser;
      return machine;
    };
    const { expectations } = await runLines(text.trim().split('\n'), { before: () => [], bootMachine });
    orders += 1;
    if (expectations.failed.length === 0) holds += 1;
    const last = made.findLastIndex(({ takes, most }) => takes < most);
    numbers = last < 0 ? null : [...made.slice(0, last).map(({ takes }) => takes), made[last].takes + 1];
  }
  return { orders, holds };
}

describe('a script in every order', () => {
  test.each([0, 1, 2])(
    'with at most %i preemptions is run as often as a plain search runs it',
    async (most) => {
      const found = await orders(FIRST_TOUCHER, most);
      const { orders: all, holds } = await counted(FIRST_TOUCHER, most);
      expect(found).toMatchObject({ orders: all, complete: true, left: null });
      expect(found.properties.map((property) => [property.line, property.holds, property.orders])).toEqual([
        [9, holds, all],
        [10, all, all],
        [0, all, all],
      ]);
    },
  );

  test('tells which check holds by luck, and the shortest order that breaks it', async () => {
    const [lucky, sound] = (await orders(FIRST_TOUCHER, 1)).properties;
    expect(lucky).toMatchObject({ text: 'a/usage_in_bytes == 64K', broken: { found: '0' } });
    expect(lucky.broken?.turns).toEqual([
      { time: expect.any(Number), runs: 'second', insteadOf: expect.any(String), preempts: false },
    ]);
    expect(sound.broken).toBeNull();
  });

  test('tells of a command that is refused', async () => {
    const script = `machine cpus=1
mkdir a b
spawn first a
spawn second b
start first alloc 4M
start second alloc 4M
wait first
write b/force_empty 1
`;
    const { properties } = await orders(script, 0);
    expect(properties.map(({ text, holds }) => [text, holds])).toEqual([
      ['the script goes on to its end', 0],
    ]);
    expect(properties[0].broken).toMatchObject({
      found: expect.stringMatching(/^it ended at line 8, write b\/memory\.force_empty: EBUSY/),
      turns: [],
    });
  });

  test('is cut at the bound on orders, says so, and comes out the same again', async () => {
    const found = await orders(FIRST_TOUCHER, 2, 20);
    expect(found).toMatchObject({ orders: 20, complete: false });
    expect(found.left?.orders).toBeGreaterThan(0);
    expect(await orders(FIRST_TOUCHER, 2, 20)).toEqual(found);
  });

  test('is interrupted between two orders, and what came before counts', async () => {
    const { orders: run, complete, properties } = await orders(FIRST_TOUCHER, 2, 10_000, 8);
    expect({ run, complete }).toEqual({ run: 7, complete: false });
    expect(properties.map((property) => property.orders)).toEqual([7, 7, 7]);
  });

  test('has one order where nobody waits for a CPU', async () => {
    const script = 'mkdir a\nspawn t a\nrun t alloc 1M\nexpect a/usage_in_bytes == 1M\n';
    expect(await orders(script, 5)).toMatchObject({ orders: 1, complete: true, choices: 0, cpus: 2 });
  });
});

describe('the search', () => {
  const made: Turn[][] = [];
  /** Three choices, of three candidates each; the second would preempt. */
  const run = async (turns: readonly Turn[]): Promise<Ran> => {
    made.push([...turns]);
    const from = (turns.at(-1)?.choice ?? -1) + 1;
    const choices = [false, true, false].map((preempts) => ({ others: 2, preempts })).slice(from);
    return { taken: [], choices, cut: false };
  };

  test('runs each order once, those with fewer turns first', async () => {
    made.length = 0;
    expect(await search({ preemptions: 1, orders: 100 }, run)).toMatchObject({ orders: 27, complete: true });
    expect(new Set(made.map((turns) => JSON.stringify(turns))).size).toBe(27);
    const lengths = made.map(({ length }) => length);
    expect(lengths).toEqual(lengths.toSorted((a, b) => a - b));
  });

  test('spreads those that it has room for evenly', async () => {
    made.length = 0;
    const found = await search({ preemptions: 1, orders: 4 }, run);
    expect(found).toEqual({ orders: 4, complete: false, left: { orders: 3, turns: 1 } });
    expect(made.slice(1).map(([turn]) => turn.choice)).toEqual([0, 1, 2]);
  });
});

test.each(['bursts', 'order', 'two-groups'])(
  'whoever takes the scheduler’s own choices changes nothing: %s',
  async (name) => {
    const script = new URL(`../../fixtures/${name}.memcg`, import.meta.url).pathname;
    const run = async (chooser: Chooser<Task> | null) => {
      const bootMachine = (options: Parameters<typeof Machine.boot>[0]) => {
        const machine = Machine.boot(options);
        machine.chooser = chooser;
        return machine;
      };
      return await runScript(settings(script, { bootMachine }));
    };
    let choices = 0;
    const own = await run({
      choose: (candidates) => {
        choices += 1;
        return candidates[0];
      },
    });
    expect(own).toEqual(await run(null));
    expect(choices > 0).toBe(name !== 'order');
  },
);
