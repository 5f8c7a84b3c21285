import { type ReactElement, use } from 'react';
import { widthOf } from '../../report/width.ts';
import { humanValue } from '../../script/human.ts';
import { checkEdit } from '../draw/edit-check.ts';
import { type Hint, hintsOf } from '../draw/hints.ts';
import type { Size } from '../draw/layout.ts';
import type { Line } from '../draw/line.ts';
import { type Row, type Span, spansWidth } from '../draw/spans.ts';
import { safe, wrapIn } from '../draw/text.ts';
import type { ControlFileText } from '../stage/stage.ts';
import { type Look, ThemeContext } from '../theme.ts';
import type { Message, Mode, UiState } from '../ui-state.ts';
import type { View } from '../view.ts';
import { Rows } from './rows.ts';

/** A refusal with its rule, and the end of a script, are said whole. */
const MOST_ROWS: Readonly<Record<Message['tone'], number>> = { plain: 1, good: 1, bad: 4 };

interface FooterProps extends Size {
  readonly view: View;
  readonly ui: UiState;
}

/** The last rows: what was answered and the keys that matter here, or what is being typed. */
export function Footer({ view, ui, columns, rows }: FooterProps): ReactElement {
  const isPlain = use(ThemeContext).level === 0;
  const prompt = promptRows(view, ui.mode, columns, isPlain);
  const said = saidRows(view, ui, columns).map(
    (line): Row => [' ', [line, TONES[messageOf(view, ui)?.tone ?? 'plain']]],
  );
  // The kernel's own answer comes before what is foretold, until one types on.
  if (prompt !== null) {
    const shown = ui.message === null ? prompt : [prompt[0], ...said];
    return <Rows rows={shown.slice(0, rows)} columns={columns} height={rows} />;
  }
  return (
    <>
      <Rows rows={said.slice(0, rows - 1)} columns={columns} height={rows - 1} />
      <Rows rows={[keysRow(hintsOf(view, ui), columns)]} columns={columns} />
    </>
  );
}

const TONES: Readonly<Record<Message['tone'], Look | null>> = {
  plain: null,
  good: 'background',
  bad: 'bad',
};

/** What is to be said, in as many rows as it takes. */
export function saidRows(view: View, ui: UiState, columns: number): string[] {
  const message = messageOf(view, ui);
  if (message === null) return [];
  const [head = '', ...more] = message.text.split('\n');
  const text = safe(more.length > 0 ? `${head}: ${more.join('; ')}` : head);
  return wrapIn(text, columns - 2, MOST_ROWS[message.tone]);
}

/** What was answered last; else what went wrong beside the screen, until somebody has read it. */
function messageOf(view: View, ui: UiState): Message | null {
  if (ui.message !== null || ui.mode.kind !== 'browse') return ui.message;
  const notice = view.notices.length > ui.heard ? view.notices.at(-1) : undefined;
  return notice === undefined ? null : { text: notice, tone: 'bad' };
}

function keysRow(hints: readonly Hint[], columns: number): Row {
  const spans: Span[] = [];
  let room = columns - 1;
  for (const [keys, what] of hints) {
    const next = widthOf(keys) + 1 + what.length + 2;
    if (next > room) continue;
    spans.push(' ', [keys, 'title'], [` ${what} `, 'label']);
    room -= next;
  }
  return spans;
}

function promptRows(view: View, mode: Mode, columns: number, isPlain: boolean): Row[] | null {
  switch (mode.kind) {
    case 'command':
      return [
        lineRow([[':', 'title']], mode.line, columns, isPlain),
        candidatesRow(mode.candidates, mode.chosen, isPlain),
      ];
    case 'filter':
      return [
        lineRow([['/', 'title']], mode.line, columns, isPlain),
        hintRow('shows paths that contain this   Enter keeps it, Esc shows all'),
      ];
    case 'edit':
      return editRows(mode, view.details.files ?? [], columns, isPlain);
    case 'confirm':
      return [
        [
          ' ',
          [mode.question, 'title'],
          '  ',
          ['y', 'title'],
          [' yes  ', 'label'],
          ['n', 'title'],
          [' no', 'label'],
        ],
        hintRow(mode.detail),
      ];
    default:
      return null;
  }
}

const hintRow = (text: string): Row => [' ', [text, 'label']];

function editRows(
  { file, line }: Extract<Mode, { kind: 'edit' }>,
  files: readonly ControlFileText[],
  columns: number,
  isPlain: boolean,
): Row[] {
  const now =
    files
      .find(({ name }) => name === file)
      ?.text?.trim()
      .split('\n')[0] ?? '';
  const shown = columns >= 72 ? file : file.replace(/^memory\./, '').replace(/_in_bytes$/, '');
  const before = columns >= 60 && now !== '' ? ` (now ${humanValue(file, now) || now})` : '';
  const check = checkEdit(file, line.text, files);
  const sign: Span = line.text === '' ? '' : check.ok ? ['ok ', 'background'] : ['!! ', 'bad'];
  return [
    lineRow([[shown, 'title'], [before, 'label'], ' = '], line, columns, isPlain),
    [' ', sign, [check.says, check.ok || line.text === '' ? 'label' : 'bad']],
  ];
}

/** A line that is typed, with its cursor; of one that is too long, the part around the cursor. */
function lineRow(before: Row, line: Line, columns: number, isPlain: boolean): Row {
  const room = Math.max(8, columns - spansWidth(before) - 2);
  const at = safe(line.text.slice(0, line.cursor));
  const [under = ''] =
    graphemes
      .segment(line.text.slice(line.cursor))
      [Symbol.iterator]()
      .next()
      .value?.segment.match(/[\s\S]*/) ?? [];
  const rest = safe(line.text.slice(line.cursor + under.length));
  const kept = widthOf(at) < room ? at : `…${tail(at, room - 2)}`;
  const cursor: Span = isPlain ? `▏${safe(under)}` : [under === '' ? ' ' : safe(under), 'selected'];
  return [' ', ...before, kept, cursor, rest];
}

const graphemes = new Intl.Segmenter();

/** Its last columns, `width` at most. */
function tail(text: string, width: number): string {
  const parts = [...graphemes.segment(text)].map(({ segment }) => segment);
  let kept = '';
  for (const part of parts.reverse()) {
    if (widthOf(kept) + widthOf(part) > width) break;
    kept = part + kept;
  }
  return kept;
}

function candidatesRow(candidates: readonly string[], chosen: number | null, isPlain: boolean): Row {
  if (candidates.length === 0)
    return hintRow('any line of the language; Tab completes, ↑ earlier ones, Esc closes');
  // The chosen one stays in sight.
  const first = Math.max(0, (chosen ?? 0) - 3);
  const spans: Span[] = [first > 0 ? ' …' : ''];
  for (const [i, word] of candidates.entries()) {
    if (i < first) continue;
    const isChosen = i === chosen;
    spans.push(' ', [isPlain && isChosen ? `[${word}]` : word, isChosen ? 'selected' : 'label'], ' ');
  }
  return spans;
}
