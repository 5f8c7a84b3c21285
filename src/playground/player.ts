import { duration } from '../kernel/numbers.ts';
import type { Played } from './messages.ts';

/** Virtual time by the wall's: what can be chosen. */
const SPEEDS = [0.01, 0.1, 0.25, 1, 4] as const;

/** Goes through the time of a run: plays it, and steps from event to event. */
export class Player {
  readonly #time: HTMLInputElement;
  readonly #play: HTMLButtonElement;
  readonly #speed: HTMLSelectElement;
  readonly #clock: HTMLElement;
  readonly #moved: (time: number) => void;
  #played: Pick<Played, 'events' | 'until'> = { events: [], until: 1 };
  #isPlaying = !window.matchMedia('(prefers-reduced-motion: reduce)').matches;
  #before = 0;

  /** `place` has the controls in it. */
  constructor(place: HTMLElement, moved: (time: number) => void) {
    const control = <T extends HTMLElement>(name: string): T => {
      const found = place.querySelector<T>(`[name=${name}],.${name}`);
      if (found === null) throw new Error(`the player has no ${name}`);
      return found;
    };
    this.#time = control('time');
    this.#play = control('play');
    this.#speed = control('speed');
    this.#clock = control('clock');
    this.#moved = moved;
    for (const speed of SPEEDS)
      this.#speed.append(new Option(`${speed}x`, `${speed}`, false, speed === 0.25));
    this.#play.addEventListener('click', () => this.#setPlaying(!this.#isPlaying));
    control('step').addEventListener('click', () => this.#step());
    this.#time.addEventListener('input', () => {
      this.#setPlaying(false);
      this.#go(Number(this.#time.value));
    });
    this.#setPlaying(this.#isPlaying);
    requestAnimationFrame((now) => this.#frame(now));
  }

  /** Another run: where one was in it, if it lasts so long. */
  show(played: Played): void {
    this.#played = played;
    this.#time.max = `${played.until}`;
    this.#time.step = `${Math.max(1, Math.round(played.until / 1000))}`;
    this.#go(Math.min(this.#at, played.until));
  }

  #at = 0;

  #go(time: number): void {
    this.#at = Math.min(this.#played.until, time);
    this.#time.value = `${this.#at}`;
    this.#time.setAttribute('aria-valuetext', duration(this.#at));
    this.#clock.textContent = `${duration(this.#at)} of ${duration(this.#played.until)}`;
    this.#moved(this.#at);
  }

  #setPlaying(isPlaying: boolean): void {
    if (isPlaying && this.#at >= this.#played.until) this.#at = 0;
    this.#isPlaying = isPlaying;
    this.#play.textContent = isPlaying ? 'pause' : 'play';
  }

  /** To the next thing that happens. */
  #step(): void {
    this.#setPlaying(false);
    this.#go(this.#played.events.find(({ time }) => time > this.#at)?.time ?? this.#played.until);
  }

  #frame(now: number): void {
    const passed = Math.min(100, now - this.#before);
    this.#before = now;
    if (this.#isPlaying && this.#played.until > 1) {
      this.#go(this.#at + passed * 1e6 * Number(this.#speed.value));
      if (this.#at >= this.#played.until) this.#setPlaying(false);
    }
    requestAnimationFrame((next) => this.#frame(next));
  }
}
