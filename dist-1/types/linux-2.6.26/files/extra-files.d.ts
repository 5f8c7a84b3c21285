import type { ReclaimStat } from '../../mm/figures.ts';
import type { ControlFile, MemCgroup } from '../types.ts';
/** The files that this project adds; absent with `machine extras=off`. */
export declare const OURS = "this project; absent with `machine extras=off`";
export declare const reclaimStat: (memcg: MemCgroup) => ReclaimStat;
/** In the order of a listing. */
export declare const EXTRA_FILES: readonly ControlFile[];
