import type { Nanoseconds } from '../../kernel/units.ts';
import { SessionError } from '../../session/session-error.ts';
import type { Stage } from '../stage/stage.ts';
import type { ProgramAction } from './action.ts';
import { answered, forkDropped } from './answers.ts';
import { type AppState, say, type Wish } from './app-state.ts';
import { completed } from './prompt.ts';

export type Change = (state: AppState) => AppState;

/** What a stage can do of all that is wished for. */
export type StageWish = Exclude<Wish, { do: ProgramAction['do'] }>;

const NOTHING: Change = (state) => state;

/** Asks the stage, and says what its answer makes of the state. */
export class Performer {
  readonly #stage: Stage;
  /** Where one wants to go in the past, while one is on the way to somewhere else. */
  #next: Nanoseconds | null = null;
  #travelling = false;

  constructor(stage: Stage) {
    this.#stage = stage;
  }

  async perform(wish: StageWish): Promise<Change> {
    try {
      return await this.#perform(wish);
    } catch (error) {
      if (!(error instanceof SessionError)) throw error;
      return (state) =>
        say(state, error.why === '' ? error.message : `${error.message}: ${error.why}`, 'bad');
    }
  }

  async #perform(wish: StageWish): Promise<Change> {
    const stage = this.#stage;
    switch (wish.do) {
      case 'pause':
        await stage.pause();
        return NOTHING;
      case 'resume':
        await stage.resume();
        return NOTHING;
      case 'speed':
        await stage.setSpeed(wish.speed);
        return NOTHING;
      case 'step':
        await stage.step(wish.time);
        return NOTHING;
      case 'go':
        return this.#go(wish.time);
      case 'present':
        this.#next = null;
        await stage.toPresent();
        return NOTHING;
      case 'next event': {
        const found = await stage.toNextEvent();
        return found ? NOTHING : (state) => say(state, 'nothing more has happened that matters');
      }
      case 'drop fork':
        stage.dropFork();
        return forkDropped;
      case 'complete': {
        const candidates = await stage.complete(wish.line);
        return (state) => completed(state, wish.line, candidates);
      }
      default: {
        const answer = await (wish.do === 'execute' ? stage.execute(wish.line) : stage.whatIf(wish.line));
        const { edits } = wish;
        return (state) => answered(state, wish, answer, edits === null ? null : this.#stored(edits));
      }
    }
  }

  /** Keys come faster than the past can be worked out: only the last instant that was asked for counts. */
  async #go(time: Nanoseconds): Promise<Change> {
    this.#next = time;
    if (this.#travelling) return NOTHING;
    this.#travelling = true;
    try {
      while (this.#next !== null) {
        const next: Nanoseconds = this.#next;
        this.#next = null;
        await this.#stage.goTo(next);
      }
    } finally {
      this.#travelling = false;
    }
    return (state) => ({ ...state, going: null });
  }

  #stored(path: string): string | null {
    const at = path.lastIndexOf('/');
    const files = this.#stage.detail(path.slice(0, Math.max(1, at)), 'files', 0);
    return files.find(({ name }) => name === path.slice(at + 1))?.text ?? null;
  }
}
