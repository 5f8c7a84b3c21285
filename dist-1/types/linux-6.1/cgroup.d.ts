import { type Refusal } from '../kernel/errno.ts';
import type { Cgroup, CgroupState, MemCgroup } from './types.ts';
/** kernel/cgroup/cgroup.c: which controllers a cgroup has, domains and threads, and what processes may be where. */
/** In the order in which they are told. cpu and io have no files here, but for their statistics. */
export declare const CONTROLLERS: readonly ['cpu', 'io', 'memory', 'pids'];
export declare const bitOf: (controller: string) => number;
export declare const MEMORY: number;
export declare const PIDS: number;
/** cgrp_dfl_threaded_ss_mask: what can tell the threads of a process apart. */
export declare const THREADED: number;
export declare const controllersText: (bits: number) => string;
/** `max` of the limits on the tree, and of pids. */
export declare const NO_LIMIT: number;
/** The root begins with what an init system enables there first. */
export declare const newCgroupState: (parent: MemCgroup | null) => CgroupState;
/** Its children are charged for memory of their own. */
export declare const hasMemory: ({ cgroup }: MemCgroup) => boolean;
/** cgroup_control(): the controllers that a cgroup has, and can enable below; `parent` null: the root. */
export declare const controlOf: ({ threaded }: CgroupState, parent: CgroupState | null) => number;
export declare const cgroupControl: ({ memcg, parent }: Cgroup) => number;
export declare const isThreaded: ({ memcg }: Cgroup) => boolean;
export declare const hasTasks: ({ memcg }: Cgroup) => boolean;
/** cgroup_is_populated(): somebody is in it, or below. */
export declare const isPopulated: (cgroup: Cgroup) => boolean;
/** cgrp->dom_cgrp: it is its own domain unless it is threaded. */
export declare function domainOf(cgroup: Cgroup): Cgroup;
/** cgroup_can_be_thread_root() */
export declare const canBeThreadRoot: (cgroup: Cgroup) => boolean;
/** cgroup_is_thread_root() */
export declare const isThreadRoot: (cgroup: Cgroup) => boolean;
/** cgroup_is_valid_domain() */
export declare function isValidDomain(cgroup: Cgroup): boolean;
/** cgroup_type_show() */
export declare function typeOf(cgroup: Cgroup): string;
/** cgroup_enable_threaded() */
export declare function enableThreaded(cgroup: Cgroup): Refusal | null;
/** cgroup_migrate_vet_dst(): what is against processes here. */
export declare function mayHostTasks(cgroup: Cgroup): Refusal | null;
