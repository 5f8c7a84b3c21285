import { ALINUX } from './policy/alinux.ts';
import { KSWAPD2011 } from './policy/kswapd2011.ts';
import { MEMORY_HIGH } from './policy/memory-high.ts';
import { NONE } from './policy/none.ts';
import type { Policy } from './policy/policy.ts';
import { RECLAIM_LOOP } from './policy/reclaim-loop.ts';
import { RFC } from './policy/rfc.ts';

/** The rules by which a machine can reclaim in the background: one card a file in policy/. */
export const policies = [
  RFC,
  NONE,
  ALINUX,
  KSWAPD2011,
  MEMORY_HIGH,
  RECLAIM_LOOP,
] as const satisfies readonly Policy[];
