import type { Size } from '../draw/layout.ts';
import type { Stage } from '../stage/stage.ts';
import type { View } from '../view.ts';
import type { ProgramAction } from './action.ts';
import { type AppState, type Around, INITIAL_STATE, type Step, type Wish } from './app-state.ts';
import { aroundOf } from './around.ts';
import { attending } from './attending.ts';
import type { Mouse } from './mouse.ts';
import { type Change, Performer } from './performer.ts';
import { point } from './point.ts';
import { press } from './press.ts';
import { viewOf } from './view-of.ts';

/** Between two looks at what moves, ms. */
const LOOK = 100;
/** Between two frames in which only that has moved: ink takes a frame of 120x40 apart for 15 ms and more. */
const FRAME = 250;
/** What was typed is shown sooner. */
const AT_ONCE = 33;
/** A timer is that exact, ms. */
const EARLY = 2;

/** What happens outside of the stage. */
export interface DashboardHost {
  size(): Size;
  draw(view: View, state: AppState): void;
  /** Keys for the terminal and the program. */
  wish(wish: Extract<Wish, { do: ProgramAction['do'] }>): void;
  /** Something is wrong with this program. */
  failed(error: unknown): void;
}

/** Stage and keyboard on the one side, the screen on the other; between them, time. */
export class Dashboard {
  readonly #stage: Stage;
  readonly #host: DashboardHost;
  readonly #performer: Performer;
  readonly #unsubscribe: () => void;
  #state: AppState;
  /** What came from the stage; a frame that begins later sees what they speak of. */
  #answers: Change[] = [];
  /** When there is to be a frame: something has been typed, or has moved. */
  #drawAt = Number.POSITIVE_INFINITY;
  #drawnAt = Number.NEGATIVE_INFINITY;
  #timer: NodeJS.Timeout | null = null;
  #due = Number.POSITIVE_INFINITY;
  #drawing = false;
  #closed = false;

  constructor(stage: Stage, host: DashboardHost, state: AppState = INITIAL_STATE) {
    this.#stage = stage;
    this.#host = host;
    this.#performer = new Performer(stage);
    this.#state = state;
    this.#unsubscribe = stage.subscribe(() => this.#touch(FRAME));
  }

  start(): void {
    this.#touch(0);
  }

  close(): void {
    this.#closed = true;
    this.#unsubscribe();
    if (this.#timer !== null) clearTimeout(this.#timer);
  }

  /** By their names. */
  press(keys: readonly string[]): void {
    for (const key of keys) this.#step((around) => press(this.#state, key, around));
    this.#touch(AT_ONCE);
  }

  point(mouse: Mouse): void {
    this.#step((around) => point(this.#state, mouse, around));
    this.#touch(AT_ONCE);
  }

  /** The screen has to be drawn though nothing has changed. */
  redraw(): void {
    this.#touch(0);
  }

  #step(by: (around: Around) => Step): void {
    const { state, wish } = by(aroundOf(this.#stage, this.#state.ui, this.#host.size()));
    this.#state = state;
    if (wish !== null) this.#do(wish);
  }

  #do(wish: Wish): void {
    switch (wish.do) {
      case 'mouse':
      case 'redraw':
      case 'suspend':
      case 'quit':
      case 'interrupt':
        this.#host.wish(wish);
        return;
      default:
        this.#performer.perform(wish).then(
          (change) => {
            this.#answers.push(change);
            this.#touch(AT_ONCE);
          },
          (error: unknown) => this.#host.failed(error),
        );
    }
  }

  /** Something has changed: it is drawn no sooner than this after the last frame, ms. */
  #touch(gap: number): void {
    this.#drawAt = Math.min(this.#drawAt, Math.max(performance.now(), this.#drawnAt + gap));
    this.#schedule(this.#drawAt);
  }

  #schedule(at: number): void {
    if (this.#closed || this.#drawing || at >= this.#due || at === Number.POSITIVE_INFINITY) return;
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#due = at;
    this.#timer = setTimeout(() => void this.#frame(), Math.max(0, at - performance.now()));
  }

  async #frame(): Promise<void> {
    this.#timer = null;
    this.#due = Number.POSITIVE_INFINITY;
    this.#drawing = true;
    const began = performance.now();
    try {
      const answers = this.#answers.splice(0);
      const moved = await this.#stage.advance();
      if (this.#closed) return;
      for (const change of answers) this.#state = change(this.#state);
      if (moved) this.#drawAt = Math.min(this.#drawAt, this.#drawnAt + FRAME);
      if (began >= this.#drawAt - EARLY) {
        this.#drawAt = this.#answers.length > 0 ? began + AT_ONCE : Number.POSITIVE_INFINITY;
        this.#state = attending(this.#state, this.#stage.snapshot());
        this.#host.draw(viewOf(this.#stage, this.#state.ui, this.#host.size()), this.#state);
        this.#drawnAt = began;
      }
    } catch (error) {
      this.#host.failed(error);
      return;
    } finally {
      this.#drawing = false;
    }
    this.#schedule(this.#isMoving() ? Math.min(this.#drawAt, began + LOOK) : this.#drawAt);
  }

  /** Where nothing moves, nothing is done until something is typed or the stage speaks. */
  #isMoving(): boolean {
    const { paused, ended, standing, catchingUp, recalling } = this.#stage.clock();
    const { fork } = this.#stage;
    return (
      catchingUp !== null ||
      recalling !== null ||
      (fork !== null && fork.progress < 1) ||
      (!paused && (ended === null || standing === 'past'))
    );
  }
}
