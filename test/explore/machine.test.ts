import fc from 'fast-check';
import { expect, test } from 'vitest';
import { charge } from '../../src/explore/model/charge.ts';
import { memcontd } from '../../src/explore/model/memcontd.ts';
import { numberOf as numberOfProperty } from '../../src/explore/properties.ts';
import { SCENARIOS, type Scenario } from '../../src/explore/scenarios.ts';
import { ALIVE, blockOf, PC, V } from '../../src/explore/state.ts';
import { System } from '../../src/explore/system.ts';
import { encodeText } from '../../src/kernel/text.ts';
import { MILLISECOND, SECOND } from '../../src/kernel/units.ts';
import { sleep, stream } from '../support/behaviours.ts';
import { boot } from '../support/boot.ts';

/** A page of the model is a window of read-ahead, and what a pass takes: 32 pages. */
const UNIT = 32;

interface Marks {
  readonly low: number;
  readonly high: number;
  readonly limit: number;
  readonly charges: number;
}

/** Usages in which the model may come to rest. */
function restingUsages({ low, high, limit, charges }: Marks): Set<number> {
  const scenario: Scenario = {
    about: 'one task and memcontd',
    initial: () => ({ low, high, limit, thread: 1, life0: ALIVE, dentry: 1 }),
    threads: (variant) => [
      { name: 'task', program: charge(variant, true), registers: [charges, 0] },
      { name: 'memcontd', program: memcontd(0, variant, true, false), daemon: true },
    ],
  };
  const system = new System(scenario, new Set(), 'sc', 0);
  const seen = new Set<string>();
  const usages = new Set<number>();
  const todo = [system.initial];
  for (let state = todo.pop(); state !== undefined; state = todo.pop()) {
    const moves = system.moves(state);
    if (moves.length === 0) usages.add(state[V.usage]);
    for (const move of moves) {
      const after = state.slice();
      system.take(after, move);
      if (seen.has(after.join())) continue;
      seen.add(after.join());
      todo.push(after);
    }
  }
  return usages;
}

/** The usage in which the machine comes to rest, in units. */
function restingUsage({ low, high, limit, charges }: Marks, seed: number): number {
  const console = boot({ seed });
  console.group('/web', { low: low * UNIT, high: high * UNIT, limit: limit * UNIT });
  console.spawn('worker', '/web');
  console.run('worker', stream('data', charges * UNIT));
  console.run('worker', sleep(SECOND));
  return Math.ceil(console.usage('/web') / UNIT);
}

const marks = fc
  .tuple(fc.integer({ min: 1, max: 4 }), fc.nat(3), fc.nat(3), fc.integer({ min: 1, max: 7 }))
  .map(
    ([low, more, most, charges]): Marks => ({ low, high: low + more, limit: low + more + most + 1, charges }),
  );

test('the machine comes to rest where the model says that it may', () => {
  fc.assert(
    fc.property(marks, fc.nat(1000), (given, seed) => {
      expect([...restingUsages(given)].sort()).toContain(restingUsage(given, seed));
    }),
    { numRuns: 200 },
  );
});

/** What a write of high by a file that is open before rmdir comes to. */
interface End {
  readonly daemons: number;
  readonly usedAfterFree: boolean;
}

/** Parts of the write in their order, rmdir somewhere among them; `lets`: whether memcontd runs after each. */
interface Order {
  readonly parts: readonly ('ask' | 'start' | 'close' | 'rmdir')[];
  readonly lets: readonly boolean[];
}

function inTheModel({ parts, lets }: Order): End {
  const scenario: Scenario = SCENARIOS.rmdir;
  const system = new System(scenario, new Set(), 'sc', 0);
  const state = system.initial.slice();
  const numberOf = (name: string): number => system.threads.findIndex((thread) => thread.name === name);
  const isMemcontd = (thread: number): boolean => system.threads[thread].daemon === true;
  const step = (mayTake: (thread: number) => boolean): boolean => {
    const move = system.moves(state).find(({ thread }) => mayTake(thread));
    if (move !== undefined) system.take(state, move);
    return move !== undefined;
  };
  const [writer, rmdir] = [numberOf('writer'), numberOf('rmdir')];
  const placeOf = (thread: number) =>
    system.threads[thread].program.lines[state[blockOf(thread) + PC]]?.line.label;
  const until = (thread: number, reached: () => boolean): void => {
    while (!reached() && step((each) => each === thread || (thread === rmdir && isMemcontd(each))));
  };
  for (const [at, part] of parts.entries()) {
    if (part === 'rmdir') until(rmdir, () => system.hasEnded(state, rmdir));
    else if (part === 'ask') step((thread) => thread === writer);
    else if (part === 'start') until(writer, () => placeOf(writer) === 'close');
    else until(writer, () => system.hasEnded(state, writer));
    while (lets[at] && step(isMemcontd));
  }
  while (step(isMemcontd));
  const alive = [V.life0, V.life1].filter((life) => state[life] === ALIVE).length;
  const usedAfterFree = state[V.broken] === numberOfProperty('use-after-free');
  return { daemons: usedAfterFree ? 0 : alive, usedAfterFree };
}

function onTheMachine({ parts, lets }: Order): End {
  const asked = parts.indexOf('ask') < parts.indexOf('rmdir');
  const console = boot({ errata: asked ? ['start-after-rmdir'] : [] });
  const path = '/web/memory.high_wmark_in_bytes';
  console.mkdir('/web');
  console.do({ op: 'open', path });
  for (const [at, part] of parts.entries()) {
    if (part === 'rmdir') expect(console.rmdir('/web')).toMatchObject({ ok: true });
    else if (part === 'start') console.do({ op: 'rewrite', path, data: encodeText('-1') });
    else if (part === 'close') console.do({ op: 'close', path });
    if (lets[at]) console.wait(MILLISECOND);
  }
  console.wait(MILLISECOND);
  return {
    daemons: console.machine.tasks().filter(({ name }) => name === 'memcontd').length,
    usedAfterFree: console.eventsOf('warning').length > 0,
  };
}

const ORDERS = [0, 1, 2, 3].flatMap((rmdirAt): Order[] => {
  const parts: Order['parts'] = ['ask', 'start', 'close'] as const;
  const whole = [...parts.slice(0, rmdirAt), 'rmdir' as const, ...parts.slice(rmdirAt)];
  return Array.from({ length: 16 }, (_, bits) => ({
    parts: whole,
    lets: whole.map((_, at) => ((bits >> at) & 1) === 1),
  }));
});

test('a write of high by an open file against rmdir ends on the machine as in the model, in every order', () => {
  expect(ORDERS.map((order) => ({ ...order, ...onTheMachine(order) }))).toEqual(
    ORDERS.map((order) => ({ ...order, ...inTheModel(order) })),
  );
  const ends = ORDERS.map(inTheModel);
  expect(ends.some(({ daemons }) => daemons === 1)).toBe(true);
  expect(ends.some(({ usedAfterFree }) => usedAfterFree)).toBe(true);
});
