import type { MemCgroup, Mm } from './types.ts';
/** mm/oom_kill.c, of a cgroup and all below; null: of the machine. */
/** mem_cgroup_oom(): false where there is nobody to kill. Whoever is dying already is waited for. */
export declare function memCgroupOom(mm: Mm, memcg: MemCgroup | null): boolean;
