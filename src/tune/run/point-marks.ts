import type { MachineOptions, PolicyName } from '../../machine/machine.ts';
import type { Command } from '../../script/command.ts';
import { knobsFor, policyOf } from '../../script/policy-marks.ts';
import type { Point } from '../sweep.ts';

/** No background reclaim: the policy of `without`, and of runs without a limit. */
export const NONE: PolicyName = 'none';
/** The patch's own. */
const RFC: PolicyName = 'rfc';

/** Files of a group that decide when and how it is reclaimed, whoever does it: a script that is tuned leaves them. */
export const KNOBS: ReadonlySet<string> = new Set([
  'memory.limit_in_bytes',
  'memory.high_wmark_in_bytes',
  'memory.low_wmark_in_bytes',
  'memory.wmark_ratio',
  'memory.wmark_scale_factor',
  'memory.wmark_min_adj',
  'memory.low_wmark_distance',
  'memory.high_wmark_distance',
  'memory.high',
  'memory.reclaim_loop.start',
  'memory.reclaim_loop.target',
  'memory.reclaimd',
]);

/** A point's policy; points are made by name (point.ts), so a name that is none is this program's fault. */
function policyOfPoint({ policy }: Point): PolicyName {
  const name = policyOf(policy);
  if (name === undefined) throw new Error(`there is no policy ${policy}`);
  return name;
}

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
  const asked = policyOfPoint(point);
  const policy = asked === NONE ? RFC : asked;
  const values = knobsFor(policy, point).map(({ file, value }) => ({ name: file, value, column: 0 }));
  return {
    isRfc: policy === RFC,
    options: { policy, seed: point.seed, ...(asked === NONE && { reclaimd: false }) },
    command: { name: 'set', cgroup: group, values },
  };
}
