import type { RunResult } from '../script/result.ts';

/**
 * Share of the run in which some task of a cgroup was held up for want of memory, of the cgroup where that was longest
 * (`some` of memory.pressure); null: the kernel did not count it.
 */
export function pressureOf({ cgroups, virtualNs }: RunResult): number | null {
  const totals = cgroups.flatMap(({ files }) => totalIn(files['memory.pressure']) ?? []);
  return totals.length === 0 || virtualNs === 0 ? null : (Math.max(...totals) * 1000) / virtualNs;
}

/** us; null: there is no such text. */
export function totalIn(text: string | undefined, kind: 'some' | 'full' = 'some'): number | null {
  const total = new RegExp(`^${kind} .*total=(\\d+)$`, 'm').exec(text ?? '')?.[1];
  return total === undefined ? null : Number(total);
}
