import { describe, expect, test } from 'vitest';
import { explore, type Reductions } from '../../src/explore/explorer.ts';
import { explored, mutants } from '../../src/explore/findings.ts';
import { FIXES, HARMLESS, MODEL_ERRATA, MUTANTS, type Variant } from '../../src/explore/model/variant.ts';
import { details } from '../../src/explore/report/text.ts';
import { SCENARIO_NAMES, SCENARIOS, type Scenario, type ScenarioName } from '../../src/explore/scenarios.ts';
import { blockOf, maskOf, PC, SHARED_NAMES } from '../../src/explore/state.ts';
import { System } from '../../src/explore/system.ts';

const WHOLE: Reductions = { symmetry: false, partialOrder: false };
const REDUCED: Reductions = { symmetry: true, partialOrder: true };
const MODELS = ['sc', 'tso'] as const;

const variant = (...names: string[]): Variant => new Set(names) as unknown as Variant;

const systemOf = (name: ScenarioName, of: Variant, model: 'sc' | 'tso', tasks = 2): System => {
  const scenario: Scenario = SCENARIOS[name];
  return new System(scenario, of, model, scenario.tasks === undefined ? 0 : tasks);
};

const brokenIn = (name: ScenarioName, of: Variant, model: 'sc' | 'tso', reductions = REDUCED): string[] =>
  explore(systemOf(name, of, model), reductions)
    .violations.map(({ property }) => property)
    .sort();

/** What is broken of each scenario; a scenario that is not named holds. */
type Expected = Partial<Record<ScenarioName, readonly string[]>>;

const POSTED: Expected = {
  rmdir: ['outlives-its-cgroup', 'use-after-free'],
  restart: ['outlives-its-cgroup', 'use-after-free'],
  'force-empty': ['without-its-daemon'],
  'freezer-spin': ['never-frozen'],
};
/** What is not about start against rmdir stays. */
const REPAIRED: Expected = {
  'force-empty': ['without-its-daemon'],
  'freezer-spin': ['never-frozen'],
};

const CASES: readonly { what: string; of: Variant; broken: Expected }[] = [
  { what: 'the patch as posted', of: variant(), broken: POSTED },
  { what: 'the write of high under cgroup_mutex', of: variant('cgroup-mutex'), broken: REPAIRED },
  {
    what: 'a mark that rmdir leaves and the write of high looks for',
    of: variant('dying-flag'),
    broken: REPAIRED,
  },
  {
    what: 'CGRP_REMOVED looked for under memcont_daemon_lock: too early',
    of: variant('check-removed'),
    broken: POSTED,
  },
  {
    what: 'the reference taken by the creator: leaks, and frees all the same',
    of: variant('creator-reference'),
    broken: {
      rmdir: ['outlives-its-cgroup', 'use-after-free', 'without-its-daemon'],
      restart: ['leaked-reference', 'outlives-its-cgroup', 'use-after-free', 'without-its-daemon'],
      again: ['leaked-reference'],
      stop: ['without-its-daemon'],
      spin: ['without-its-daemon'],
      'force-empty': ['without-its-daemon'],
      freezer: ['without-its-daemon'],
      'freezer-spin': ['never-frozen'],
    },
  },
  {
    what: 'a charge that falls through (an erratum of 3/4)',
    of: variant('charge-fallthrough'),
    broken: { ...POSTED, limit: ['uncharged-page'], oom: ['uncharged-page'] },
  },
  {
    what: 'a refused force_empty that puts what it did not get (an erratum of 1/4)',
    of: variant('force-empty-ref-leak'),
    broken: { ...POSTED, 'force-empty-busy': ['double-put'] },
  },
  {
    what: 'no locked instruction before the look at the wait queue',
    of: variant('no-lru-lock'),
    broken: POSTED,
  },
  { what: 'a state that is read without the lock', of: variant('unlocked-state'), broken: POSTED },
];

describe.each(MODELS)('in every order that can be, %s', (model) => {
  test.each(CASES)('$what', ({ of, broken }) => {
    const found = Object.fromEntries(SCENARIO_NAMES.map((name) => [name, brokenIn(name, of, model)]));
    expect(found).toEqual(Object.fromEntries(SCENARIO_NAMES.map((name) => [name, broken[name] ?? []])));
  });
});

describe('mutants', () => {
  const BY = {
    'condition-before-prepare': 'lost-wake-up',
    'one-should-stop': 'never-returns',
    'no-mutex': 'two-daemons',
    'put-before-stop': 'double-put',
    'thread-not-cleared': 'without-its-daemon',
    'no-finish-wait': 'stale-waiter',
    'wake-before-charge': 'lost-wake-up',
    'unlocked-counter': 'marks-out-of-order',
    'unlock-twice': 'mutex-misuse',
    'no-barrier': 'lost-wake-up',
  } as const satisfies Record<keyof typeof MUTANTS, string>;

  test('are all caught, each by the property that it breaks first', () => {
    const caught = mutants();
    expect(Object.fromEntries(caught.map(({ mutant, by }) => [mutant, by?.property]))).toEqual(BY);
  });

  test('that need a store buffer are not seen without, and need both of their halves', () => {
    expect(brokenIn('tight', variant('no-barrier'), 'sc')).toEqual([]);
    expect(brokenIn('tight', variant('no-barrier'), 'tso')).toEqual(['lost-wake-up']);
    for (const half of Object.keys(HARMLESS)) expect(brokenIn('tight', variant(half), 'tso')).toEqual([]);
  });
});

/** Counts states as simply as can be: whole states in a Set of texts, no packing, no table, nothing taken together. */
function counted(system: System): { states: number; transitions: number } {
  const seen = new Set([system.initial.join()]);
  const todo = [system.initial];
  let transitions = 0;
  for (let state = todo.pop(); state !== undefined; state = todo.pop()) {
    for (const move of system.moves(state)) {
      const after = state.slice();
      system.take(after, move);
      transitions += 1;
      const text = after.join();
      if (seen.has(text)) continue;
      seen.add(text);
      todo.push(after);
    }
  }
  return { states: seen.size, transitions };
}

describe('the explorer', () => {
  test.each(SCENARIO_NAMES)('finds as many states of %s as a plain search does', (name) => {
    for (const model of MODELS) {
      const system = systemOf(name, variant(), model, 1);
      const { table, transitions } = explore(system, WHOLE);
      expect({ states: table.size, transitions }).toEqual(counted(system));
    }
  });

  const everyVariant = [
    [],
    ...[FIXES, MODEL_ERRATA, MUTANTS, HARMLESS].flatMap((names) => Object.keys(names).map((name) => [name])),
  ];

  /** Variants that a task meets: of the others the scenarios with tasks are as posted. Of charge, tight is the same, smaller. */
  const met = [
    'condition-before-prepare',
    'wake-before-charge',
    'no-barrier',
    'charge-fallthrough',
    undefined,
  ];
  const compared = ([name]: readonly string[]) =>
    SCENARIO_NAMES.filter(
      (each) =>
        each !== 'charge' &&
        (met.includes(name) || SCENARIOS[each].threads(variant(), 1)[0].name !== 'task 1'),
    );

  test.each(everyVariant.map((names) => ({ names })))(
    'loses no property when it takes states and steps together: $names',
    ({ names }) => {
      for (const model of MODELS) {
        const all = (reductions: Reductions) =>
          compared(names).map((name) => [name, brokenIn(name, variant(...names), model, reductions)]);
        expect(all(REDUCED)).toEqual(all(WHOLE));
      }
    },
  );

  test('takes less than half of the states for the whole, and less than 16 bytes for each', () => {
    const whole = explore(systemOf('charge', variant(), 'sc'), WHOLE).table.size;
    const { table } = explore(systemOf('charge', variant(), 'sc', 3), REDUCED);
    expect(explore(systemOf('charge', variant(), 'sc'), REDUCED).table.size).toBeLessThan(whole / 2);
    expect(table.bytes / table.size).toBeLessThan(16);
  });

  test('says that it is not complete when it is not to go on', () => {
    const asked = { model: 'sc', variant: variant(), tasks: null, steps: 5, reduce: true } as const;
    expect(explored('rmdir', asked)).toMatchObject({ complete: false, depth: 5, violations: [] });
  });

  test('writes with each line only what it says that it writes, and ends only where it says so', () => {
    const wrong = new Set<string>();
    for (const name of SCENARIO_NAMES) {
      for (const names of everyVariant) {
        const system = systemOf(name, variant(...names), 'sc', 1);
        const { table } = explore(system, WHOLE);
        const key = new Int32Array(system.layout.words);
        const state = new Int32Array(system.initial.length);
        for (let number = 0; number < table.size; number += 1) {
          table.read(number, key);
          system.layout.unpack(key, state);
          for (const move of system.moves(state)) {
            const after = state.slice();
            system.take(after, move);
            const { thread, line } = move;
            const { writes = 0, adds = 0 } = line ?? {};
            const ends = after[blockOf(thread) + PC] === system.threads[thread].program.lines.length;
            const changed = SHARED_NAMES.reduce(
              (mask, _, at) => (after[at] === state[at] ? mask : mask | (1 << at)),
              0,
            );
            const unsaid = changed & ~(writes | adds | BROKEN);
            if (unsaid !== 0 || (ends && line?.ends === false))
              wrong.add(`${name} ${names} ${line?.line.label}`);
          }
        }
      }
    }
    expect([...wrong]).toEqual([]);
  });
});

const BROKEN = maskOf(['broken']);

describe('the shortest run', () => {
  const asked = { model: 'sc', variant: variant(), tasks: null, steps: null, reduce: true } as const;

  test('of rmdir against the first write of high ends in the first line of memcontd', () => {
    const { violations, threads } = explored('rmdir', asked);
    const { run } = violations.find(({ property }) => property === 'use-after-free') ?? {
      run: { steps: [], forEver: [] },
    };
    expect(run.steps).toHaveLength(25);
    expect(run.steps[0]).toMatchObject({
      thread: threads.indexOf('writer'),
      source: 'kernel/cgroup.c cgroup_file_write()',
    });
    expect(run.steps.at(-1)).toMatchObject({
      thread: threads.indexOf('memcontd 1'),
      text: 'css_get(&mem->css)',
    });
    expect(run.steps.findIndex(({ changes }) => changes.includes('mem_cgroup freed = yes'))).toBeLessThan(24);
  });

  test('to what never ends shows the round: memcontd that can free nothing never looks at the freezer', () => {
    const [{ property, run }] = explored('freezer-spin', asked).violations;
    expect(property).toBe('never-frozen');
    const threads = (steps: typeof run.steps) => new Set(steps.map(({ thread }) => thread)).size;
    expect(threads(run.forEver)).toBe(2);
    expect(run.steps).not.toEqual(run.forEver);
    expect(run.steps.slice(-run.forEver.length)).not.toEqual(run.forEver);
    expect(run.forEver.some(({ text }) => text.includes('nothing can be freed'))).toBe(true);
    expect(run.forEver.some(({ text }) => text.includes('try_to_freeze'))).toBe(false);
  });

  test('keeps equal tasks apart', () => {
    const { violations } = explored('charge', { ...asked, variant: variant('wake-before-charge'), tasks: 2 });
    const charges = [0, 1].map((task) =>
      violations[0].run.steps.filter(
        ({ thread, text }) => thread === task && text.startsWith('res_counter_charge'),
      ),
    );
    expect(charges.map(({ length }) => length)).toEqual([3, 3]);
  });
});

test.each([20, 40, 80, 200])(
  'the text of a run is no wider than %i columns, and no narrow strip',
  (width) => {
    const asked = { model: 'sc', variant: variant(), tasks: null, steps: null, reduce: true } as const;
    const look = { width, color: false, unicode: true };
    const lines = details({ ...explored('rmdir', asked), seconds: 0 }, look);
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(width);
    expect(lines.length).toBeLessThan(1000);
  },
);
