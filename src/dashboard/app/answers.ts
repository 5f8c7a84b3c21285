import { basename } from 'node:path';
import { withoutNewline } from '../../script/control-file.ts';
import type { Answer } from '../stage/stage.ts';
import { type AppState, say, type Wish, withUi } from './app-state.ts';

type Execute = Extract<Wish, { do: 'execute' | 'what if' }>;

/** A line was obeyed or refused. `stored`: what the file that it writes holds now. */
export function answered(state: AppState, wish: Execute, answer: Answer, stored: string | null): AppState {
  const next = wish.do === 'what if' && answer.ok ? withUi(state, { tab: 'what if', scroll: 0 }) : state;
  const text = withoutNewline(answer.text);
  if (wish.edits === null) return shown(next, wish, { ok: answer.ok, text });
  if (!answer.ok) return say(next, refusal(text), 'bad');
  const browsing = next.ui.mode.kind === 'edit' ? withUi(next, { mode: { kind: 'browse' } }) : next;
  const name = basename(wish.edits);
  return say(
    browsing,
    stored === null ? `${name} is written` : `${name} is ${withoutNewline(stored)} now`,
    'good',
  );
}

function shown(state: AppState, { line }: Execute, { ok, text }: Answer): AppState {
  if (!ok) return say(state, refusal(text), 'bad');
  if (text === '') return say(state, line, 'good');
  if (!text.includes('\n') || state.ui.mode.kind !== 'browse') return say(state, text.split('\n')[0]);
  return withUi(state, { mode: { kind: 'answer', title: line, text, scroll: 0 }, message: null });
}

/** In one line: what the kernel said, and which rule it was. */
const refusal = (text: string): string =>
  text
    .replace(/^memcg: /, '')
    .split('\n')
    .join(': ');

/** The other future is over. */
export const forkDropped = (state: AppState): AppState =>
  withUi(state, { ...(state.ui.tab === 'what if' && { tab: 'overview' as const }), message: null });
