import { changesSomething } from '../stage/changes.ts';
import { type AppState, type Around, type Step, stay, type Wish, withUi } from './app-state.ts';

type Execute = Extract<Wish, { do: 'execute' }>;

/**
 * A line that is about to be obeyed. In the past one that changes something can only begin another future, which is
 * asked first; elsewhere only where `first` wants it.
 */
export function asked(state: AppState, wish: Execute, { clock, fork }: Around, first = false): Step {
  const isWhatIf = clock.standing === 'past' && !fork && changesSomething(wish.line);
  if (!isWhatIf && !first) return { state, wish };
  const question = isWhatIf ? 'What if? Another future begins here' : 'Do this?';
  const mode = { kind: 'confirm', question, detail: wish.line } as const;
  return stay({
    ...withUi(state, { mode, message: null }),
    asked: isWhatIf ? { ...wish, do: 'what if' } : wish,
  });
}
