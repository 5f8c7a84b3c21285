import { bytesOf, isSet, type Pages } from '../../kernel/units.ts';
import { visibleText } from '../../kernel/visible.ts';
import { figureNamesIn, type KernelVersion, type ReclaimStat } from '../../machine/machine.ts';
import { suggestion } from '../../script/nearest.ts';
import { shown } from '../../script/paths.ts';
import { EXIT } from '../../script/result.ts';
import type { Inspected } from '../../session/protocol.ts';
import { complain } from '../output/say.ts';

/** What tables of cgroups have in common, for people and for programs. */

export type CgroupRow = Inspected['cgroups'][number];

/** The cgroup and those below it. */
export const within = <R extends Pick<CgroupRow, 'path'>>(rows: readonly R[], top: string): R[] =>
  rows.filter(({ path }) => top === '/' || path === top || path.startsWith(`${top}/`));

/** Says that there is none of this name, and answers the exit status. */
export function noSuchCgroup(
  command: string,
  path: string,
  rows: readonly Pick<CgroupRow, 'path'>[],
): number {
  const near = suggestion(
    shown(path),
    rows.map((each) => shown(each.path)),
  );
  const status = complain(`${command} ${shown(path)}: ENOENT: No such file or directory`, EXIT.refused);
  process.stderr.write(visibleText(`there is no such cgroup${near}\n`));
  return status;
}

/** What a column shows, for those who read help. */
export const ABOUT = {
  cgroup: 'which',
  usage: 'what is charged now',
  peak: 'the most that was',
  low: 'where its background reclaimer stops (low_wmark_in_bytes)',
  high: 'where that starts (high_wmark_in_bytes)',
  limit: 'what it may not pass',
  failures: 'charges that met the limit',
  stalls: 'how often a task had to reclaim or wait',
  p99: 'the longest stall but one in a hundred',
  reclaimer: 'what its background reclaimer does',
  cpu: "the reclaimer's share of one CPU",
  refaults: 'pages that came back after they had been reclaimed',
  oom: 'tasks that were killed for want of memory',
} as const;

const bytes = (pages: Pages): number | null => (isSet(pages) ? Number(bytesOf(pages)) : null);

/**
 * What reclaim did, and usage, peak, marks and charges that met the limit by the names of the kernel's files
 * (`usage_in_bytes`, `limit_in_bytes`, `failcnt` ...): bytes and counts; null for a mark that was never set.
 */
export interface CgroupJson extends ReclaimStat {
  /** Absolute. */
  path: string;
  [file: string]: number | string | null;
}

/** All of it but the path. */
export const cgroupJson = (
  { usage, failcnt, stat }: Pick<CgroupRow, 'usage' | 'failcnt' | 'stat'>,
  kernel: KernelVersion,
) => {
  const names = figureNamesIn({ kernel });
  return {
    [names.usage.file]: bytes(usage.usage),
    [names.peak.file]: bytes(usage.max),
    ...(names.low && { [names.low.file]: bytes(usage.low) }),
    ...(names.high && { [names.high.file]: bytes(usage.high) }),
    [names.limit.file]: bytes(usage.limit),
    [names.counts[0].file]: failcnt,
    ...stat,
  };
};
