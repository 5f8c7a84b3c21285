import { compactMark, compactSize, isSet } from '../draw/compact.ts';
import { isBad } from '../draw/health.ts';
import type { Size } from '../draw/layout.ts';
import { rowOf, type Span, spansWidth } from '../draw/spans.ts';
import { cutStart, hanging, safe, widthOf, wrapIn } from '../draw/text.ts';
import type { CgroupRow } from '../stage.ts';
import type { Theme } from '../theme.ts';

/** The word of health, written large, with a sign for those who see no colours. */
export function badge({ health: { word } }: CgroupRow, theme: Theme): Span {
  const shown = word.toUpperCase();
  if (isBad(word)) return [` ! ${shown} `, theme.alarm];
  return [` ${shown} `, word === 'calm' ? theme.title : (text) => theme.background(theme.title(text))];
}

/**
 * What is to be said of the selected cgroup: is it fine, and if not, why, and what is to be tried.
 * Always `rows` rows.
 */
export function verdict(cgroup: CgroupRow, { columns, rows }: Size, theme: Theme): string[] {
  const { health } = cgroup;
  const path = cutStart(safe(cgroup.path), Math.max(12, Math.floor(columns / 3)));
  const begin: Span[] = [' ', [path, theme.title], ' ', badge(cgroup, theme), ' '];
  const next: Span[] | null =
    health.advice !== ''
      ? [
          [' try ', theme.label],
          [safe(health.advice), theme.title],
        ]
      : health.earlier !== ''
        ? [
            [' before ', theme.label],
            [safe(health.earlier), theme.label],
          ]
        : null;

  const inRow = columns - spansWidth(begin);
  const reason = safe(health.reason);
  const beside = rows === 2 || columns >= 72;
  const reasonRows = rows - (next === null ? 0 : 1) - (beside ? 0 : 1);
  const lines = beside
    ? hanging(reason, inRow, columns - 1, Math.max(1, reasonRows))
    : [figuresIn(cgroup, inRow), ...wrapIn(reason, columns - 1, Math.max(1, reasonRows))];
  const shown = lines.map((line, i) => rowOf(i === 0 ? [...begin, line] : [' ', line], columns));
  if (next !== null) shown.push(rowOf(next, columns));
  return [...shown.slice(0, rows), ...new Array<string>(Math.max(0, rows - shown.length)).fill('')];
}

/** Where no other part of the screen has room to say it. */
function figuresIn({ usage }: CgroupRow, width: number): string {
  const said = `${compactSize(usage.usage)}${isSet(usage.limit) ? ` of ${compactMark(usage.limit)}` : ''}`;
  return widthOf(said) <= width ? said : '';
}
