import type * as fs from '../fs/types.ts';
import type { MemCgroup, Mm } from './types.ts';

/** A directory and a control file of a machine with this kernel. */
export type Cgroup = fs.Cgroup<MemCgroup>;
export type ControlFile = fs.ControlFile<Mm, MemCgroup>;
