import type { ReactElement } from 'react';
import { pageSize } from '../../kernel/numbers.ts';
import { isSet } from '../../kernel/units.ts';
import { badgeOf, isBad } from '../../report/health.ts';
import { widthOf } from '../../report/width.ts';
import type { Size } from '../draw/layout.ts';
import { type Row, type Span, spansWidth } from '../draw/spans.ts';
import { cutStart, hanging, safe, wrapIn } from '../draw/text.ts';
import type { CgroupRow } from '../stage/stage.ts';
import { Rows } from './rows.ts';

export function badge({ health: { word } }: CgroupRow): Span {
  const look = isBad(word) ? 'alarm' : word === 'calm' ? 'title' : 'background title';
  return [` ${badgeOf(word)} `, look];
}

/**
 * What is to be said of the selected cgroup: is it fine, and if not, why, and what is to be tried.
 */
export function Verdict({ cgroup, columns, rows }: Size & { readonly cgroup: CgroupRow }): ReactElement {
  const { health } = cgroup;
  const path = cutStart(safe(cgroup.path), Math.max(12, Math.floor(columns / 3)));
  const begin: Span[] = [' ', [path, 'title'], ' ', badge(cgroup), ' '];
  const next: Span[] | null =
    health.advice !== ''
      ? [
          [' try ', 'label'],
          [safe(health.advice), 'title'],
        ]
      : health.earlier !== ''
        ? [
            [' before ', 'label'],
            [safe(health.earlier), 'label'],
          ]
        : null;

  const inRow = columns - spansWidth(begin);
  const reason = safe(health.reason);
  const beside = rows === 2 || columns >= 72;
  const reasonRows = rows - (next === null ? 0 : 1) - (beside ? 0 : 1);
  const lines = beside
    ? hanging(reason, inRow, columns - 1, Math.max(1, reasonRows))
    : [figuresIn(cgroup, inRow), ...wrapIn(reason, columns - 1, Math.max(1, reasonRows))];
  const shown = lines.map((line, i): Row => (i === 0 ? [...begin, line] : [' ', line]));
  if (next !== null) shown.push(next);
  return <Rows rows={shown} columns={columns} height={rows} />;
}

/** Where no other part of the screen has room to say it. */
function figuresIn({ usage }: CgroupRow, width: number): string {
  const said = `${pageSize(usage.usage)}${isSet(usage.limit) ? ` of ${pageSize(usage.limit, '-')}` : ''}`;
  return widthOf(said) <= width ? said : '';
}
