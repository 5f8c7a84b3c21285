import type * as fs from '../fs/types.ts';
/** mem_cgroup_subsys: the directories and control files that this kernel's memory controller has. */
export declare const CONTROLLER: fs.Controller;
