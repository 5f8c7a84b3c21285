import { ALINUX } from './policy/alinux.ts';
import { K8S } from './policy/k8s.ts';
import { MEMORY_HIGH } from './policy/memory-high.ts';
import { META2020 } from './policy/meta2020.ts';
import { NONE } from './policy/none.ts';
import type { Policy } from './policy/policy.ts';
import { RECLAIM_LOOP } from './policy/reclaim-loop.ts';
import { RFC } from './policy/rfc.ts';

/** The rules by which a machine of this kernel can reclaim in the background: one card a file in policy/. */
export const policies = [
  RFC,
  NONE,
  ALINUX,
  MEMORY_HIGH,
  RECLAIM_LOOP,
  K8S,
  META2020,
] as const satisfies readonly Policy[];

/** The rule of that name, which was looked at before. */
export function policyNamed(name: string): Policy {
  const card = policies.find((policy) => policy.name === name);
  if (card === undefined) throw new Error(`6.1 has no policy ${name}`);
  return card;
}
