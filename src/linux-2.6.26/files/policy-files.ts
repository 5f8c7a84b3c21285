import type { ControlFile } from '../../fs/types.ts';
import type { PolicyName } from '../policy/names.ts';
import { ALINUX_FILES } from './alinux.ts';
import { KSWAPD2011_FILES } from './kswapd2011.ts';
import { memoryHigh, memoryReclaim } from './memory-high.ts';
import { LOOP_FILES } from './reclaim-loop.ts';

/** The control files of each rule by which a machine may reclaim, in the order of their registration. */
const FILES: Readonly<Record<PolicyName, readonly ControlFile[]>> = {
  rfc: [],
  none: [],
  alinux: ALINUX_FILES,
  kswapd2011: KSWAPD2011_FILES,
  'memory.high': [memoryHigh, memoryReclaim],
  'reclaim-loop': [...LOOP_FILES, memoryReclaim],
};

/** CFTYPE_NOT_ON_ROOT: the root of the series of 2011 has its files, and of v2's has memory.reclaim. */
const ON_ROOT: ReadonlySet<ControlFile> = new Set([...KSWAPD2011_FILES, memoryReclaim]);

export const policyFiles = (policy: PolicyName, root: boolean): readonly ControlFile[] =>
  root ? FILES[policy].filter((file) => ON_ROOT.has(file)) : FILES[policy];

/** Those of all the rules, each once. */
export const allPolicyFiles = (): readonly ControlFile[] => [...new Set(Object.values(FILES).flat())];
