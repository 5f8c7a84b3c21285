import type { Pages } from '../kernel/units.ts';
import { cardOf, policyNamed } from '../machine/kernels.ts';
import type { MachineOptions, PolicyName } from '../machine/machine.ts';
import type { WantedMarks } from '../policy/card.ts';
import type { Command } from './command.ts';
import { Mistake } from './mistake.ts';
import { shortName } from './paths.ts';

/** Marks that are set from outside of a script, before its first line. */
export interface GivenMarks extends WantedMarks {
  /** One that was asked for by itself; null: they are shares of the limit. */
  readonly given: Pages | null;
}

export interface AskedMarks {
  readonly marks: GivenMarks | null;
  readonly group: string;
  readonly policies: readonly PolicyName[];
}

/** The commands that set these marks on the group, in the knobs of the machine's policy. */
export function marksCommands(
  { marks, group, policies }: AskedMarks,
  { options }: { readonly options: MachineOptions },
): Command[] | Mistake {
  if (marks === null) return [];
  const foreign = foreignMark(options, policies, marks.given);
  if (foreign !== null) return foreign;
  const values = cardOf(options)
    .knobs(marks)
    .map(({ file, value }) => ({ name: shortName(file), value, column: 0 }));
  return [{ name: 'set', cgroup: group, values }];
}

/** --high and --low where nobody has such marks: a script may be what says which kernel that is. */
export function foreignMark(
  options: Pick<MachineOptions, 'kernel'> & Partial<MachineOptions>,
  policies: readonly PolicyName[],
  mark: Pages | null,
): Mistake | null {
  const { kernel } = options;
  if (mark === null || cardOf({ kernel }).start !== null) return null;
  const cards =
    policies.length > 0 ? policies.map((policy) => policyNamed(policy, kernel)) : [cardOf(options)];
  if (cards.some(({ start }) => start !== null)) return null;
  return new Mistake(
    `--high and --low are marks of who reclaims in the background: on ${kernel} nobody does (but see --policy), and a script writes memory.high and memory.low`,
    0,
  );
}
