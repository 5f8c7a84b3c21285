import { AWAKE_OPACITY } from '../picture/colours.ts';
import { reclaimerOfAll, rowsOf, type Shown } from '../picture/shown.ts';
import { namesOf } from '../policy-runs.ts';
import { type KeyEntry, key } from './document.ts';

/** All of them beside each other. */
export const reportKey = (shown: Shown): string => key(keyEntries(shown));

/** What forms and colours stand for that no label beside them says: those that are there. */
export function keyEntries(shown: Shown): KeyEntry[] {
  const cells = rowsOf(shown).flatMap((row) => row.cells);
  const some = (what: 'awake' | 'failures' | 'kills'): boolean =>
    cells.some((cell) => (cell?.timeline?.[what].length ?? 0) > 0);
  const { least, most } = AWAKE_OPACITY;
  const shades = [least, (least + most) / 2, most].map(
    (opacity, i) =>
      `<rect class="awake" fill-opacity="${opacity}" x="${i * 9}" y="-14" width="9" height="16"/>`,
  );
  const failures = new Set(shown.runs.map(({ run }) => `${namesOf(run).counts[0].noun}s`));
  const ticks = [0, 5, 12, 17, 24].map((at) => `<rect x="${at}" y="-13" width="2" height="14"/>`);
  const entries: readonly (Omit<KeyEntry, 'room'> & { readonly there: boolean })[] = [
    {
      text: 'usage',
      there: cells.length > 0,
      mark: '<rect class="usage" y="-6" width="26" height="1"/>',
    },
    {
      text: `${reclaimerOfAll(shown)} awake (stronger: more of the time)`,
      there: some('awake'),
      mark: shades.join(''),
    },
    { text: [...failures].join(', '), there: some('failures'), mark: `<g class="bad">${ticks.join('')}</g>` },
    { text: 'OOM kill', there: some('kills'), mark: '<path class="kill" d="M8,-12l12,12m0,-12l-12,12"/>' },
  ];
  return entries.filter(({ there }) => there).map(({ text, mark }) => ({ text, mark, room: 36 }));
}
