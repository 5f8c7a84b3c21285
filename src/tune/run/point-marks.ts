import { encodeText } from '../../kernel/text.ts';
import { policyNamed } from '../../machine/kernels.ts';
import {
  DEFAULT_OPTIONS,
  type Machine,
  type MachineOptions,
  type PolicyName,
} from '../../machine/machine.ts';
import type { Command } from '../../script/command.ts';
import { join } from '../../script/paths.ts';
import type { Marks, Point } from '../sweep.ts';

/** No background reclaim: the policy of `without`, and of runs without a limit. */
export const NONE: PolicyName = 'none';
/** How a machine is to be for a point. */
export interface PointMachine {
  /** The patch's own rule: its boot script is the usual one. */
  readonly isRfc: boolean;
  readonly options: Partial<MachineOptions>;
  /** Sets the point's marks on the group that is tuned. */
  readonly command: Command;
}

/**
 * Without background reclaim it is the patch's machine with its reclaimers off, so that a script that sets
 * watermarks of other groups runs there, too.
 */
export function pointMachine(point: Point, group: string): PointMachine {
  const isOff = point.policy === NONE;
  const policy = policyNamed(policyOf(point));
  const values = policy.knobs(point).map(({ file, value }) => ({ name: file, value, column: 0 }));
  return {
    isRfc: policy.name === DEFAULT_OPTIONS.policy,
    options: { policy: policy.name, seed: point.seed, ...(isOff && { reclaimd: false }) },
    command: { name: 'set', cgroup: group, values },
  };
}

const policyOf = ({ policy }: Marks): string => (policy === NONE ? DEFAULT_OPTIONS.policy : policy);

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
