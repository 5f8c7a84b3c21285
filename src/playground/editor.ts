import {
  autocompletion,
  type CompletionContext,
  type CompletionResult,
  completionKeymap,
} from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { HighlightStyle, StreamLanguage, syntaxHighlighting } from '@codemirror/language';
import { type Diagnostic, lintGutter, setDiagnostics } from '@codemirror/lint';
import { EditorState } from '@codemirror/state';
import { EditorView, keymap, lineNumbers } from '@codemirror/view';
import { tags } from '@lezer/highlight';
import { lineCandidates, type Names } from '../cli/completion/line-candidates.ts';
import { USUAL_FILES } from '../machine/kernels.ts';
import { OPERATOR_WORDS } from '../script/condition.ts';
import { BEHAVIOURS } from '../script/grammar/behaviours.ts';
import { entryFor, parseLine, VOCABULARY } from '../script/vocabulary.ts';
import type { Fault } from './messages.ts';

/** The script: coloured, completed and checked by the grammar that reads it. */
export class Editor {
  readonly #view: EditorView;
  /** Its own changes are not somebody's typing. */
  #isSetting = false;

  constructor(place: HTMLElement, changed: (text: string) => void) {
    this.#view = new EditorView({
      parent: place,
      state: EditorState.create({
        extensions: [
          lineNumbers(),
          lintGutter(),
          history(),
          // Tab goes on to what is next on the page.
          keymap.of([...completionKeymap, ...defaultKeymap, ...historyKeymap]),
          LANGUAGE,
          syntaxHighlighting(COLOURS),
          autocompletion({ override: [complete] }),
          EditorView.lineWrapping,
          EditorView.contentAttributes.of({ 'aria-label': 'script', tabindex: '0' }),
          EditorView.updateListener.of((update) => {
            if (update.docChanged && !this.#isSetting) changed(this.text);
          }),
        ],
      }),
    });
  }

  get text(): string {
    return this.#view.state.doc.toString();
  }

  set text(text: string) {
    this.#isSetting = true;
    this.#view.dispatch({ changes: { from: 0, to: this.#view.state.doc.length, insert: text } });
    this.#isSetting = false;
  }

  /** What is wrong stands at its place: what no line can be, and what came out of the run. */
  show(faults: readonly Fault[]): void {
    const { doc } = this.#view.state;
    const found: Diagnostic[] = [];
    for (const { line, column, text } of [...faults, ...mistakesIn(this.text)]) {
      const { from, to } = doc.line(Math.min(doc.lines, Math.max(1, line)));
      found.push({
        from: Math.min(to, from + Math.max(0, column - 1)),
        to,
        severity: 'error',
        message: text,
      });
    }
    this.#view.dispatch(setDiagnostics(this.#view.state, found));
  }
}

const mistakesIn = (text: string): Fault[] =>
  text.split('\n').flatMap((line, i) => {
    const parsed = parseLine(line);
    return parsed.kind === 'mistake'
      ? [{ line: i + 1, column: parsed.mistake.column, text: parsed.mistake.message }]
      : [];
  });

const behaviours = new Set(BEHAVIOURS.map(({ word }) => word));
const operators = new Set(OPERATOR_WORDS);

const LANGUAGE = StreamLanguage.define<{ first: boolean }>({
  startState: () => ({ first: true }),
  token: (stream, state) => {
    if (stream.sol()) state.first = true;
    if (stream.eatSpace()) return null;
    if (stream.match(/^#.*/)) return 'comment';
    if (stream.match(/^'[^']*'?|^"(?:\\.|[^"])*"?/)) return 'string';
    const word = (stream.match(/^\S+/) as RegExpMatchArray)[0];
    const isFirst = state.first;
    state.first = false;
    if (isFirst) return entryFor(word) === null ? null : 'keyword';
    if (behaviours.has(word)) return 'atom';
    if (operators.has(word)) return 'operator';
    if (/^-/.test(word)) return 'propertyName';
    return /^\d/.test(word) ? 'number' : null;
  },
});

const COLOURS = HighlightStyle.define([
  { tag: tags.comment, color: 'var(--quiet)' },
  { tag: tags.keyword, color: 'var(--usage)', fontWeight: '600' },
  { tag: [tags.atom, tags.string], color: 'var(--awake)' },
  { tag: tags.number, color: 'var(--bad)' },
  { tag: [tags.operator, tags.propertyName], color: 'var(--ink)', fontWeight: '600' },
]);

/** What the script itself makes is what there is. */
function namesIn(text: string): Names {
  const commands = text.split('\n').flatMap((line) => {
    const parsed = parseLine(line);
    return parsed.kind === 'command' ? [parsed.command] : [];
  });
  const cgroups = ['/default', ...commands.flatMap((each) => (each.name === 'mkdir' ? each.cgroups : []))];
  const tasks = commands.flatMap((each) => (each.name === 'spawn' ? [each.task] : []));
  return {
    cgroups: async () => cgroups,
    files: async () => USUAL_FILES.map(({ name }) => name),
    tasks: async () => tasks,
    sessions: async () => [],
  };
}

async function complete({ state, pos, explicit }: CompletionContext): Promise<CompletionResult | null> {
  const { from, text } = state.doc.lineAt(pos);
  const before = text.slice(0, pos - from);
  const current = /\S*$/.exec(before)?.[0] ?? '';
  if (before.trimStart().startsWith('#') || (current === '' && !explicit)) return null;
  const words = before
    .slice(0, before.length - current.length)
    .split(/\s+/)
    .filter((word) => word !== '');
  const options =
    words.length === 0
      ? VOCABULARY.map(({ word, summary }) => ({ label: word, detail: summary }))
      : (await lineCandidates(words, current, '/default', namesIn(state.doc.toString()))).map((label) => ({
          label,
        }));
  return { from: pos - current.length, options };
}
