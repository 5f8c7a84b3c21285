import { encodeText } from '../../kernel/text.ts';
import { PAGE_SIZE } from '../../kernel/units.ts';
import { type Knob, kindOf, policyIn, policyNamed } from '../../machine/kernels.ts';
import {
  DEFAULT_OPTIONS,
  type KernelVersion,
  type Machine,
  type MachineOptions,
  type PolicyName,
} from '../../machine/machine.ts';
import type { Command } from '../../script/command.ts';
import { join } from '../../script/paths.ts';
import { type Marks, type Point, scaled } from '../sweep.ts';

/** No background reclaim: the policy of `without`, and of runs without a limit. */
export const NONE: PolicyName = 'none';
/** How a machine is to be for a point. */
export interface PointMachine {
  /** Who reclaims is the kernel's own rule: its boot script is the usual one. */
  readonly isUsual: boolean;
  readonly options: Partial<MachineOptions>;
  /** Sets the point's marks on the group that is tuned. */
  readonly command: Command;
}

/**
 * Without background reclaim a machine of the patch's has its reclaimers off, so that a script that sets
 * watermarks of other groups runs there, too.
 */
export function pointMachine(point: Point, group: string, kernel: KernelVersion): PointMachine {
  const usual = policyIn({ kernel });
  const isOff = point.policy === NONE && usual !== NONE;
  const policy = policyNamed(isOff ? usual : point.policy, kernel);
  const knobs = point.knobs ?? policy.knobs(point);
  const values = knobs.map(({ file, value }) => ({ name: file, value, column: 0 }));
  return {
    isUsual: policy.name === usual,
    options: { kernel, policy: policy.name, seed: point.seed, ...(isOff && { reclaimd: false }) },
    command: { name: 'set', cgroup: group, values },
  };
}

/** What stands for it where there is so many times as much work: limit and marks that are so many times as low. */
export const withWork = (point: Point, work: number): Point => ({
  ...point,
  ...scaled(point, 1 / work),
  ...(point.knobs !== undefined && { knobs: point.knobs.map((knob) => scaledKnob(knob, 1 / work)) }),
});

/** Of sizes; what is a share or a time stays. */
const scaledKnob = ({ file, value }: Knob, by: number): Knob => ({
  file,
  value: kindOf(file) === 'bytes' ? `${Math.round((Number(value) / PAGE_SIZE) * by) * PAGE_SIZE}` : value,
});

const policyOf = ({ policy }: Marks): string => (policy === NONE ? DEFAULT_OPTIONS.policy : policy);

/**
 * Whether what runs have in common can be told by their marks alone: not where the form that they are written in says
 * more, nor on 6.1, which charges in batches and meets a limit before the usage does.
 */
export const hasStem = ({ knobs }: Point, kernel: KernelVersion): boolean =>
  knobs === undefined && kernel === DEFAULT_OPTIONS.kernel;

/**
 * Up to this usage, pages, nothing has come of a point's marks: at the limit a charge may have been refused. Where a
 * policy rounds them, it is less than that.
 */
export const firstMark = ({ policy, limit, high }: Marks): number =>
  Math.min(limit - 1, policy === 'alinux' ? high - Math.ceil(limit / 100) : high);

/**
 * Sets a point's marks on a machine that runs, as if they had been there from its beginning. False: they are not what
 * it would be by now with them, and it is of no use any more.
 */
export function setMarks(machine: Machine, group: string, point: Marks, most: number): boolean {
  const knobs = policyNamed(policyOf(point)).knobs(point);
  const isSet = knobs.every(({ file, value }) => machine.write(join(group, file), encodeText(value)).ok);
  const { limit, high } = machine.usage(group);
  return isSet && most < limit && most <= high;
}
