import { AWAKE_OPACITY } from '../picture/colours.ts';
import { reclaimerOfAll, rowsOf, type Shown } from '../picture/shown.ts';
import { TEXT } from './style.ts';
import { textWidth } from './text.ts';

interface Entry {
  readonly text: string;
  readonly there: boolean;
  /** Drawn at x, on the line y. */
  readonly mark: (x: number, y: number) => string;
}

/** What forms and colours stand for that no label beside them says: those that are there. */
export function key(shown: Shown, y: number): string {
  let x = 0;
  return entries(shown)
    .filter(({ there }) => there)
    .map(({ text, mark }) => {
      const entry = `${mark(x, y)}<text class="quiet n" x="${x + 36}" y="${y}">${text}</text>`;
      x += 36 + Math.ceil(textWidth(text, TEXT.small)) + 20;
      return entry;
    })
    .join('');
}

function entries(shown: Shown): Entry[] {
  const cells = rowsOf(shown).flatMap((row) => row.cells);
  const some = (what: 'awake' | 'failures' | 'kills'): boolean =>
    cells.some((cell) => (cell?.timeline?.[what].length ?? 0) > 0);
  const { least, most } = AWAKE_OPACITY;
  return [
    {
      text: 'usage',
      there: cells.length > 0,
      mark: (x, y) => `<rect class="usage" x="${x}" y="${y - 7}" width="26" height="2"/>`,
    },
    {
      text: `${reclaimerOfAll(shown)} awake (stronger: more of the time)`,
      there: some('awake'),
      mark: (x, y) =>
        [least, (least + most) / 2, most]
          .map(
            (opacity, i) =>
              `<rect class="awake" fill-opacity="${opacity}" x="${x + i * 9}" y="${y - 14}" width="9" height="16"/>`,
          )
          .join(''),
    },
    {
      text: 'limit failures',
      there: some('failures'),
      mark: (x, y) => {
        const ticks = [0, 5, 12, 17, 24].map(
          (at) => `<rect x="${x + at}" y="${y - 13}" width="2" height="14"/>`,
        );
        return `<g class="bad">${ticks.join('')}</g>`;
      },
    },
    {
      text: 'OOM kill',
      there: some('kills'),
      mark: (x, y) => `<path class="kill" d="M${x + 8},${y - 12}l12,12m0,-12l-12,12"/>`,
    },
  ];
}
