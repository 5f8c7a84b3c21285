import { isTooSmall, type Size } from '../../dashboard/draw/layout.ts';
import { type Row, rowBetween } from '../../dashboard/draw/spans.ts';
import { wrap } from '../../dashboard/draw/text.ts';
import { visible } from '../../kernel/visible.ts';
import type { Tuned } from '../analysis/findings.ts';
import { answer, heldText, objectiveText, setting } from '../report/words.ts';
import { legend, mapRows } from './map.ts';

/** What stands on the screen while a sweep runs. */
export interface Watched {
  /** The sweep in hand; null: not even how it goes without marks is known. */
  readonly tuned: Tuned | null;
  readonly script: string;
  /** Of all scripts, where there are several: `2 of 3`. */
  readonly which: string | null;
  /** How far all of it is. */
  readonly bar: string;
}

/** A map with fewer rows shows nothing. */
const LEAST_MAP = 6;
const MOST_ANSWER = 7;

/** As high as `size`, and no wider: the map, and the answer so far under it. */
export function watchRows({ tuned, script, which, bar }: Watched, size: Size): Row[] {
  const { columns, rows } = size;
  const name = which === null ? visible(script) : `${visible(script)} (${which})`;
  const head = rowBetween([[name, 'title']], [[bar, 'label']], columns);
  const foot: Row = [['q or ^C ends it, with what is known by then', 'label']];
  const said = tuned === null ? [['without a limit, to learn its peak ...']] : answerRows(tuned, columns);
  if (tuned === null || isTooSmall(size)) return filled([head, [], ...said], foot, rows);
  const about = wrap(`${setting(tuned.sweep)}; wanted: ${objectiveText(tuned.findings.objective)}`, columns);
  const above: Row[] = [head, ...about.map((line): Row => [[line, 'label']]), []];
  const below: Row[] = [legend(tuned.findings), [], ...said.slice(0, MOST_ANSWER)];
  const room = rows - above.length - below.length - 2;
  const map = room < LEAST_MAP ? [] : mapRows(tuned.findings, { columns, rows: room });
  return filled([...above, ...map, ...below], foot, rows);
}

/** The last row is the foot. */
const filled = (all: readonly Row[], foot: Row, rows: number): Row[] => [
  ...Array.from({ length: Math.max(0, rows - 1) }, (_, y) => all[y] ?? []),
  foot,
];

function answerRows({ sweep, findings }: Tuned, columns: number): Row[] {
  const said = wrap(answer(sweep, findings), columns).map((line): Row => [[line, 'title']]);
  const { best, robustness } = findings;
  if (best === null) return said;
  const how = robustness === null ? 'It is still to be tried on other days.' : `It ${heldText(robustness)}.`;
  return [...said, ...wrap(how, columns).map((line): Row => [line])];
}
