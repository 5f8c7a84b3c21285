import { policyNamed } from '../../machine/kernels.ts';
import { DEFAULT_OPTIONS, type MachineOptions, type PolicyName } from '../../machine/machine.ts';
import type { Command } from '../../script/command.ts';
import type { Point } from '../sweep.ts';

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
  const policy = policyNamed(isOff ? DEFAULT_OPTIONS.policy : point.policy);
  const values = policy.knobs(point).map(({ file, value }) => ({ name: file, value, column: 0 }));
  return {
    isRfc: policy.name === DEFAULT_OPTIONS.policy,
    options: { policy: policy.name, seed: point.seed, ...(isOff && { reclaimd: false }) },
    command: { name: 'set', cgroup: group, values },
  };
}
