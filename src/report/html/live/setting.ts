import { exactSize } from '../../../kernel/numbers.ts';
import { bytesOf, type Pages } from '../../../kernel/units.ts';
import type { FigureNames } from '../../../machine/machine.ts';
import { shown } from '../../../script/paths.ts';
import { MARKS, wordOf } from '../../marks.ts';

/**
 * What the reader of a page has changed of a run, as plain text by name: `policy`, `kernel`, `cpus`, `seed`, `disk`,
 * and `limit:/web`, `high:/web`, `low:/web`. That is how it stands in the page's address, behind the run's number.
 */
export type Setting = Readonly<Record<string, string>>;

/** The settings of a script's runs, in their order: those of the report, then those that were set beside them. */
export type Settings = readonly Setting[];

export const MARK_NAMES = ['limit', 'high', 'low'] as const;
export type MarkName = (typeof MARK_NAMES)[number];

export const markKey = (mark: MarkName, cgroup: string): string => `${mark}:${cgroup}`;
export const sizeText = (size: Pages): string => exactSize(bytesOf(size));

/** Which run a setting began as a copy of; it is there for those beside the report's own alone. */
export const LIKE = 'like';

/** `0-0.limit:/default=500M&0-1.like=0`: what an address says behind its #. */
export function fragmentOf(groups: readonly Settings[]): string {
  const all = groups.flatMap((settings, group) =>
    settings.flatMap((setting, run) =>
      Object.entries(setting).map(([name, value]) => [`${group}-${run}.${name}`, value]),
    ),
  );
  return new URLSearchParams(all).toString().replaceAll('%2F', '/').replaceAll('%3A', ':');
}

/** What such a text says of a page with so many runs of each script; what it can't mean is left out. */
export function settingsIn(fragment: string, runs: readonly number[]): Settings[] {
  const groups = runs.map((count) => Array.from({ length: count }, (): Record<string, string> => ({})));
  for (const [key, value] of new URLSearchParams(fragment)) {
    const [, group, run, name] = /^(\d+)-(\d+)\.(.+)$/.exec(key) ?? [];
    const settings = groups[Number(group)];
    if (settings === undefined || name === undefined || Number(run) >= runs[Number(group)] + MOST_BESIDE)
      continue;
    const at = Number(run);
    while (settings.length <= at) settings.push({ [LIKE]: '0' });
    settings[at][name] = value;
  }
  return groups;
}

/** More would not be told apart. */
export const MOST_BESIDE = 3;

/** What is changed, in a few words: `limit 500M, start 450M, policy memory.high`. `names`: what the run's kernel calls its marks. */
export const settingWords = (setting: Setting, names: Partial<FigureNames> = {}): string =>
  Object.entries(setting)
    .filter(([name]) => name !== LIKE)
    .map(([name, value]) => {
      const [what, cgroup] = name.split(':');
      const mark = MARKS.find((each) => each.name === what);
      const word = mark === undefined ? what : wordOf(mark, names);
      return `${word}${cgroup === undefined || cgroup === '/default' ? '' : ` of ${shown(cgroup)}`} ${value}`;
    })
    .join(', ');
