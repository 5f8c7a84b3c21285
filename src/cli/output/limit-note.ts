import { pageSize } from '../../kernel/numbers.ts';
import type { Pages } from '../../kernel/units.ts';
import { figureNamesIn } from '../../machine/machine.ts';
import { shown } from '../../script/paths.ts';
import type { RunResult } from '../../script/result.ts';

/** Why `--limit` on the group said nothing of this run, in one sentence; null: it did, or there was nothing to say it of. */
export function limitNote({ cgroups, options }: RunResult, group: string, limit: Pages): string | null {
  const found = cgroups.find(({ path }) => path === group);
  if (found === undefined) return null;
  if (found.usage.max === 0) {
    const others = cgroups.filter(({ path, usage }) => path !== '/' && usage.max > 0);
    const [most] = others.sort((a, b) => b.usage.max - a.usage.max);
    if (most === undefined) return null;
    const name = shown(most.path);
    return `--limit is for ${shown(group)}, and nothing was charged to it: ${name} used ${pageSize(most.usage.max)}, and -g ${name} limits that`;
  }
  if (found.usage.limit === limit) return null;
  const { file } = figureNamesIn(options ?? {}).limit;
  return `--limit was ${pageSize(limit)}, and the script has set ${file} of ${shown(group)} to ${pageSize(found.usage.limit)} itself`;
}
