import { kibibytes, PAGE_SIZE } from '../../kernel/units.ts';
import { type Application, type Form, type Knob, policiesOf, policyNamed } from '../../machine/kernels.ts';
import { DEFAULT_OPTIONS } from '../../machine/machine.ts';
import { shown } from '../../script/paths.ts';
import type { Marks, Sweep } from '../sweep.ts';

/** What it is that is tuned. */
type Workload = Pick<
  Sweep,
  'scripts' | 'kernel' | 'group' | 'policy' | 'booting' | 'seeds' | 'agreeingSeeds'
>;

/** The recommended marks as they were tried: in this emulator, and to see them run. */
export const ownApplications = (workload: Workload, marks: Marks): Application[] => [
  emulator(workload, marks),
  replay(workload, marks),
];

/** A form, and who reclaims where it is written. */
export interface RuledForm extends Form {
  readonly policy: string;
}

/** How marks are written down wherever a policy of that kernel can have them. */
export function formsOf(kernel: Workload['kernel'], marks: Marks): RuledForm[] {
  const found = { ...marks, low: policyNamed(marks.policy, kernel).stop === null ? null : marks.low };
  return policiesOf(kernel).flatMap(({ name: policy, forms }) =>
    (forms?.(found, policy === marks.policy) ?? []).map((form) => ({ ...form, policy })),
  );
}

function emulator({ group, kernel }: Workload, marks: Marks): Application {
  const values = policyNamed(marks.policy, kernel).knobs(marks).map(assignment);
  const machine = [
    ...(kernel === DEFAULT_OPTIONS.kernel ? [] : [`kernel=${kernel}`]),
    ...(marks.policy === DEFAULT_OPTIONS.policy && kernel === DEFAULT_OPTIONS.kernel
      ? []
      : [`policy=${marks.policy}`]),
  ];
  return {
    name: 'memcg',
    title: 'to apply it in this emulator',
    lines: [
      ...(machine.length === 0 ? [] : [`memcg up ${machine.join(' ')}`]),
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
  const { scripts, kernel, group, booting, seeds, agreeingSeeds } = workload;
  const isPlain =
    kernel === DEFAULT_OPTIONS.kernel && policy === DEFAULT_OPTIONS.policy && workload.policy === policy;
  const words = [
    ...(kernel === DEFAULT_OPTIONS.kernel ? [] : ['--kernel', kernel]),
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
    lines: [`memcg replay ${[...scripts, ...words].map(quoted).join(' ')}`],
    note: '',
  };
}

/** For a POSIX shell. */
const quoted = (text: string): string =>
  /^[\w./@%+:,-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
