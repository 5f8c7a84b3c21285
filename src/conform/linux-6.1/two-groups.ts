import { pages } from '../../kernel/units.ts';
import type { Behaviour } from '../../task/behaviour.ts';
import type { AllowanceName } from '../allowances.ts';
import { Answers, isRecord, textOf } from '../answers.ts';
import type { Kind, RecordedLine } from '../kind.ts';
import { Ground, MIB, streamOf, type Values } from './ground.ts';
import { nearestOf } from './workloads.ts';

/** Two groups, a and b, each with a task: side by side, or below a parent with a limit; what memory.low and memory.min keep. */

/** MiB after MiB of a file, from its beginning again and again; or so many MiB of anonymous memory, at once. */
type Task =
  | { readonly file: string; readonly length: number; readonly count: number }
  | { readonly anon: number };

interface Case {
  readonly a: Task;
  readonly b: Task;
  /** They take turns, a MiB each; else a is done before b begins. */
  readonly together?: true;
  /** Below a parent of 64 MiB; else each has a limit of its own. */
  readonly shared: boolean;
  /** By group, `p` the parent: what is written, with `memory.` before it. */
  readonly settings: readonly (readonly [group: 'a' | 'b' | 'p', file: string, value: string])[];
}

const STREAM = (count: number): Task => ({ file: 'long', length: 512, count });
const HOT = (count: number): Task => ({ file: 'hot', length: 30, count });

const beside = (a: Task, b: Task, maxOfA: string): Case => ({
  a,
  b,
  together: true,
  shared: false,
  settings: [
    ['a', 'max', maxOfA],
    ['b', 'max', '64M'],
  ],
});
const below = (a: Task, ...settings: Case['settings']): Case => ({
  a,
  b: STREAM(256),
  shared: true,
  settings,
});

/** `hot30x30M`: read once, so that nothing is active; twice in the others. */
const protectedBy = (a: Task): Readonly<Record<string, Case>> => ({
  none: below(a),
  low32: below(a, ['a', 'low', '32M']),
  'low32-plow': below(a, ['p', 'low', '32M'], ['a', 'low', '32M']),
  min32: below(a, ['a', 'min', '32M']),
  low16: below(a, ['a', 'low', '16M']),
  min16: below(a, ['a', 'min', '16M']),
  'low-both': below(a, ['a', 'low', '60M'], ['b', 'low', '60M']),
  'min-both': below(a, ['a', 'min', '60M'], ['b', 'min', '60M']),
  'low8-b8': below(a, ['a', 'low', '8M'], ['b', 'low', '8M']),
  'a-low60': below(a, ['a', 'low', '60M']),
  'limit-b32': below(a, ['b', 'max', '32M']),
});

const named = (prefix: string, cases: Readonly<Record<string, Case>>): [string, Case][] =>
  Object.entries(cases).map(([name, each]) => [`${prefix}-${name}`, each]);

const CASES = new Map<string, Case>([
  ['side-by-side', beside(STREAM(512), HOT(512), '64M')],
  ['side-by-side-small', beside({ file: 'reread', length: 96, count: 192 }, STREAM(256), '32M')],
  ['shared-parent', { a: STREAM(512), b: HOT(512), together: true, shared: true, settings: [] }],
  ...named('prot', protectedBy(HOT(60))),
  ['prot-anon-a', below({ anon: 30 })],
  ['prot-anon-a-low-b', below({ anon: 30 }, ['b', 'low', '60M'])],
  ...named('prot1', protectedBy(HOT(30))),
]);

const GROUPS = ['a', 'b', 'p'] as const;

export const pairs61: Kind = {
  name: 'pairs',
  about: 'two groups side by side and below a parent; what memory.low and memory.min keep',
  recording: 'linux-6.1/pairs.jsonl.gz',
  dialect: '6.1.176',
  fields: ['kernel', 'case', 'repeats', ...GROUPS],
  run(lines) {
    const answers = new Answers();
    for (const line of lines) {
      const name = textOf(line.fields['case']);
      const made = CASES.get(name);
      if (made === undefined) answers.skip(line, 'nobody knows this case');
      else compare(name, made, line, answers);
    }
    return answers;
  },
};

function compare(name: string, made: Case, { fields }: RecordedLine, answers: Answers): void {
  const found = runCase(made);
  for (const group of GROUPS) {
    const recorded = fields[group];
    if (!isRecord(recorded)) continue;
    for (const [field, value] of Object.entries(recorded)) {
      const here = found[group][field] ?? 0;
      const nearest = Array.isArray(value) ? nearestOf(value, here) : Number(value);
      answers.compare(`${name}, ${group}`, field, nearest, here, () => allowanceFor(field, nearest, here));
    }
  }
}

/** What each group's files say at the end. */
function runCase({ a, b, together, shared, settings }: Case): Readonly<Record<string, Values>> {
  const ground = new Ground();
  ground.leaveBytes();
  const path = { a: shared ? '/p/a' : '/a', b: shared ? '/p/b' : '/b', p: '/p' };
  if (shared) {
    ground.mkdir(path.p);
    ground.write('/p/cgroup.subtree_control', '+memory');
    ground.write('/p/memory.max', '64M');
  }
  for (const group of ['a', 'b'] as const) ground.mkdir(path[group]);
  for (const [group, file, value] of settings) ground.write(`${path[group]}/memory.${file}`, value);
  for (const group of ['a', 'b'] as const) ground.spawn(group, path[group]);
  for (const task of [a, b]) if ('file' in task) ground.file(task.file, task.length * MIB);
  if (together === true)
    ground.together([
      ['a', behaviourOf(a)],
      ['b', behaviourOf(b)],
    ]);
  else
    for (const [name, task] of [
      ['a', a],
      ['b', b],
    ] as const)
      ground.run(name, behaviourOf(task));
  ground.settle();
  return Object.fromEntries(
    GROUPS.filter((group) => shared || group !== 'p').map((group) => [group, ground.all(path[group])]),
  );
}

const behaviourOf = (task: Task): Behaviour =>
  'anon' in task
    ? { kind: 'alloc', pages: pages(task.anon * MIB) }
    : {
        ...streamOf(task.file, 0, Math.min(task.count, task.length) * MIB),
        times: Math.ceil(task.count / task.length),
      };

const BYTES = new Set('current peak anon file kernel_bytes inactive_file active_file'.split(' '));

function allowanceFor(field: string, recorded: number, found: number): AllowanceName | null {
  const few = 64 * (BYTES.has(field) ? 4096 : 1);
  return Math.abs(found - recorded) <= few && field !== 'oom_kill' ? 'memory of a process' : null;
}
