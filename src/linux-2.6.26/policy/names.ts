/** The rules by which a machine can reclaim in the background; `none` is the kernel without one. */
export const POLICIES = ['rfc', 'none', 'alinux', 'kswapd2011', 'memory.high', 'reclaim-loop'] as const;
export type PolicyName = (typeof POLICIES)[number];
