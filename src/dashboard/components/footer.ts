import { checkEdit } from '../draw/edit-check.ts';
import { type Hint, hintsOf } from '../draw/hints.ts';
import type { Size } from '../draw/layout.ts';
import type { Line } from '../draw/line.ts';
import { type Paint, rowOf, type Span, spansWidth } from '../draw/spans.ts';
import { safe, widthOf, wrapIn } from '../draw/text.ts';
import { humanValue } from '../draw/value-text.ts';
import type { ControlFileText } from '../stage.ts';
import type { Theme } from '../theme.ts';
import type { Message, Mode, UiState } from '../ui-state.ts';
import type { View } from '../view.ts';

/** A refusal with its rule, and the end of a script, are said whole. */
const MOST_ROWS: Readonly<Record<Message['tone'], number>> = { plain: 1, good: 1, bad: 4 };

/** The last rows: what was answered and the keys that matter here, or what is being typed. */
export function footer(view: View, ui: UiState, { columns, rows }: Size, theme: Theme): string[] {
  const prompt = promptRows(view, ui.mode, columns, theme);
  const said = saidRows(view, ui, columns).map((line) =>
    rowOf([' ', [line, TONES[messageOf(view, ui)?.tone ?? 'plain'](theme)]], columns),
  );
  // The kernel's own answer comes before what is foretold, until one types on.
  if (prompt !== null) return ui.message === null ? prompt : [prompt[0], ...said].slice(0, rows);
  const room = rows - 1;
  const empty = new Array<string>(Math.max(0, room - said.length)).fill('');
  return [...said.slice(0, room), ...empty, keysRow(hintsOf(view, ui), columns, theme)];
}

const TONES: Readonly<Record<Message['tone'], (theme: Theme) => Paint | null>> = {
  plain: () => null,
  good: ({ background }) => background,
  bad: ({ bad }) => bad,
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

function keysRow(hints: readonly Hint[], columns: number, theme: Theme): string {
  const spans: Span[] = [];
  let room = columns - 1;
  for (const [keys, what] of hints) {
    const next = widthOf(keys) + 1 + what.length + 2;
    if (next > room) continue;
    spans.push(' ', [keys, theme.title], [` ${what} `, theme.label]);
    room -= next;
  }
  return rowOf(spans, columns);
}

function promptRows(view: View, mode: Mode, columns: number, theme: Theme): string[] | null {
  switch (mode.kind) {
    case 'command':
      return [
        lineRow([[':', theme.title]], mode.line, columns, theme),
        candidatesRow(mode.candidates, mode.chosen, columns, theme),
      ];
    case 'filter':
      return [
        lineRow([['/', theme.title]], mode.line, columns, theme),
        hintRow('shows paths that contain this   Enter keeps it, Esc shows all', columns, theme),
      ];
    case 'edit':
      return editRows(mode, view.details.files ?? [], columns, theme);
    case 'confirm':
      return [
        rowOf(
          [
            ' ',
            [mode.question, theme.title],
            '  ',
            ['y', theme.title],
            [' yes  ', theme.label],
            ['n', theme.title],
            [' no', theme.label],
          ],
          columns,
        ),
        hintRow(mode.detail, columns, theme),
      ];
    default:
      return null;
  }
}

const hintRow = (text: string, columns: number, theme: Theme): string =>
  rowOf([' ', [text, theme.label]], columns);

function editRows(
  { file, line }: Extract<Mode, { kind: 'edit' }>,
  files: readonly ControlFileText[],
  columns: number,
  theme: Theme,
): string[] {
  const now =
    files
      .find(({ name }) => name === file)
      ?.text?.trim()
      .split('\n')[0] ?? '';
  const shown = columns >= 72 ? file : file.replace(/^memory\./, '').replace(/_in_bytes$/, '');
  const before = columns >= 60 && now !== '' ? ` (now ${humanValue(file, now) || now})` : '';
  const check = checkEdit(file, line.text, files);
  const sign: Span = line.text === '' ? '' : check.ok ? ['ok ', theme.background] : ['!! ', theme.bad];
  return [
    lineRow([[shown, theme.title], [before, theme.label], ' = '], line, columns, theme),
    rowOf([' ', sign, [check.says, check.ok || line.text === '' ? theme.label : theme.bad]], columns),
  ];
}

/** A line that is typed, with its cursor; of one that is too long, the part around the cursor. */
function lineRow(before: readonly Span[], line: Line, columns: number, theme: Theme): string {
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
  const cursor: Span =
    theme.level === 0 ? `▏${safe(under)}` : [under === '' ? ' ' : safe(under), theme.selected];
  return rowOf([' ', ...before, kept, cursor, rest], columns);
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

function candidatesRow(
  candidates: readonly string[],
  chosen: number | null,
  columns: number,
  theme: Theme,
): string {
  if (candidates.length === 0)
    return hintRow('any line of the language; Tab completes, ↑ earlier ones, Esc closes', columns, theme);
  // The chosen one stays in sight.
  const first = Math.max(0, (chosen ?? 0) - 3);
  const spans: Span[] = [first > 0 ? ' …' : ''];
  for (const [i, word] of candidates.entries()) {
    if (i < first) continue;
    const isChosen = i === chosen;
    spans.push(
      ' ',
      [theme.level === 0 && isChosen ? `[${word}]` : word, isChosen ? theme.selected : theme.label],
      ' ',
    );
  }
  return rowOf(spans, columns);
}
