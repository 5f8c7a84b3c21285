import { kibibytes, PAGE_SIZE } from '../../kernel/units.ts';
import { type Application, findPolicy, type Knob, POLICIES, policyNamed } from '../../machine/kernels.ts';
import { DEFAULT_OPTIONS } from '../../machine/machine.ts';
import { shown } from '../../script/paths.ts';
import type { Marks, Sweep } from '../sweep.ts';

/** What it is that is tuned. */
type Workload = Pick<Sweep, 'script' | 'group' | 'policy' | 'booting' | 'seeds' | 'agreeingSeeds'>;

/** How the recommended marks are applied here, and wherever a policy can have them. */
export function applications(workload: Workload, marks: Marks): Application[] {
  const policy = findPolicy(marks.policy);
  const found = { ...marks, low: policy?.stop === null ? null : marks.low };
  return [
    emulator(workload, marks),
    replay(workload, marks),
    ...POLICIES.flatMap((name) => policyNamed(name).applied?.(found, name === marks.policy) ?? []),
  ];
}

function emulator({ group }: Workload, marks: Marks): Application {
  const values = findPolicy(marks.policy)?.knobs(marks).map(assignment) ?? [];
  return {
    name: 'memcg',
    title: 'to apply it in this emulator',
    lines: [
      ...(marks.policy === DEFAULT_OPTIONS.policy ? [] : [`memcg up policy=${marks.policy}`]),
      `memcg set ${quoted(shown(group))} ${values.join(' ')}`,
    ],
    note: 'It writes them in an order that the rules allow.',
  };
}

const assignment = ({ file, value }: Knob): string => {
  const bytes = Number(value);
  const text = bytes >= PAGE_SIZE && bytes % 1024 === 0 ? `${bytes / 1024}K` : value;
  return `${file.replace(/^memory\./, '')}=${text}`;
};

function replay(workload: Workload, { policy, limit, high, low }: Marks): Application {
  const { script, group, booting, seeds, agreeingSeeds } = workload;
  const isPlain = policy === DEFAULT_OPTIONS.policy && workload.policy === policy;
  const words = [
    ...(group === '/default' ? [] : ['--group', shown(group)]),
    ...booting,
    // Where nothing is random any seed will do.
    ...(agreeingSeeds === undefined ? ['--seed', `${seeds[0]}`] : []),
    ...['--limit', kibibytes(limit), '--high', kibibytes(high), '--low', kibibytes(low)],
    ...(isPlain ? ['--compare'] : ['--policy', `none,${policy}`]),
  ];
  return {
    name: 'replay',
    title: 'to see it run, with and without',
    lines: [`memcg replay ${[script, ...words].map(quoted).join(' ')}`],
    note: '',
  };
}

/** For a POSIX shell. */
const quoted = (text: string): string =>
  /^[\w./@%+:,-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
