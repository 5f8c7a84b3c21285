import { pageSize } from '../../../kernel/numbers.ts';
import { isSet, type Pages, pages } from '../../../kernel/units.ts';
import type { FigureNames } from '../../../machine/machine.ts';
import type { Marks } from '../../../script/result.ts';
import { MARKS, wordOf } from '../../marks.ts';
import { MARK_NAMES, type MarkName } from '../live/setting.ts';

/** All the marks of a cgroup; those that are not set stay so. */
export type WantedMarks = Partial<Record<MarkName, Pages>>;
/** The marks that are wanted now; `done`: the hand has let go of it. */
export type MoveTo = (marks: WantedMarks, done: boolean) => void;

/** Where sizes stand, px and pages. */
interface Place {
  readonly top: number;
  readonly bottom: number;
  readonly left: number;
  readonly right: number;
  readonly most: number;
}

/** Of the plot, what an arrow key moves a mark by; a page key moves it by so many times as much. */
const STEPS = 128;
const LEAP = 8;
/** From its middle a knob is taken, and no other stands so near, px. */
const KNOB = 12;

/** Marks that can be moved: with the mouse, a finger or the arrow keys. */
export class Handles {
  readonly #around: HTMLElement;
  readonly #moved: MoveTo;
  readonly #grips: Readonly<Record<MarkName, HTMLElement>>;
  #marks: WantedMarks = {};
  #names: FigureNames;
  #place: Place = { top: 0, bottom: 1, left: 0, right: 1, most: 1 };
  #held: MarkName | null = null;
  /** Where the plot was when it was taken: what is said above it may be longer by now. */
  #top = 0;

  /** `around`: what holds the plot. */
  constructor(around: HTMLElement, names: FigureNames, moved: MoveTo) {
    this.#around = around;
    this.#names = names;
    this.#moved = moved;
    this.#grips = { limit: this.#grip('limit'), high: this.#grip('high'), low: this.#grip('low') };
  }

  /** Where the marks are; while one is held, it stays in the hand. */
  show(marks: Omit<Marks, 'time'> | undefined, names: FigureNames, place: Place): void {
    this.#place = place;
    this.#names = names;
    if (this.#held === null) {
      this.#marks = {};
      for (const name of MARK_NAMES) {
        const value = marks?.[name] ?? null;
        if (isSet(value)) this.#marks[name] = value;
      }
    }
    this.#draw();
  }

  #grip(name: MarkName): HTMLElement {
    const grip = document.createElement('div');
    grip.className = `grip ${name}`;
    grip.tabIndex = 0;
    grip.setAttribute('role', 'slider');
    grip.setAttribute('aria-orientation', 'vertical');
    grip.addEventListener('pointerdown', (event) => this.#take(event));
    grip.addEventListener('pointermove', (event) => this.#follow(event));
    grip.addEventListener('pointerup', () => this.#letGo());
    grip.addEventListener('pointercancel', () => this.#letGo());
    grip.addEventListener('keydown', (event) => {
      const steps = STEPS_OF[event.key];
      const value = this.#marks[name];
      if (steps === undefined || value === undefined) return;
      event.preventDefault();
      this.#set(name, value + steps * this.#step, true);
    });
    this.#around.append(grip);
    return grip;
  }

  /** A hand comes down: where lines are near each other, on the nearest; where their knobs stand side by side, on that. */
  #take(event: PointerEvent): void {
    const { top, left } = this.#around.getBoundingClientRect();
    this.#top = top;
    const [x, y] = [event.clientX - left, event.clientY - top];
    const far = (each: MarkName): number =>
      Math.hypot(x - this.#knobOf(each), y - this.#placeOf(each)) < KNOB
        ? -1
        : Math.abs(this.#placeOf(each) - y);
    const [name] = MARK_NAMES.filter((each) => this.#marks[each] !== undefined).sort(
      (a, b) => far(a) - far(b),
    );
    event.preventDefault();
    this.#held = name;
    this.#grips[name].focus({ preventScroll: true });
    this.#grips[name].setPointerCapture(event.pointerId);
    this.#around.classList.add('held');
  }

  #follow(event: PointerEvent): void {
    if (this.#held === null) return;
    const { top, bottom, most } = this.#place;
    const share = (bottom - (event.clientY - this.#top)) / (bottom - top);
    this.#set(this.#held, Math.max(0, share) * most, false);
  }

  #letGo(): void {
    if (this.#held === null) return;
    this.#held = null;
    this.#around.classList.remove('held');
    this.#moved(this.#marks, true);
  }

  /** Round: 1 MiB, or a power of two of it, that is not seen to jump. */
  get #step(): number {
    return 2 ** Math.max(0, Math.round(Math.log2(this.#place.most / STEPS)));
  }

  /** The order stays: low <= high <= limit. The limit takes the others down with it, as high does low. */
  #set(name: MarkName, wanted: number, done: boolean): void {
    const { limit, high, low } = this.#marks;
    const round = Math.max(1, Math.round(wanted / this.#step)) * this.#step;
    const above = name === 'limit' ? undefined : name === 'high' ? limit : (high ?? limit);
    const value = pages(above === undefined ? round : Math.min(round, above));
    const capped = (mark: Pages | undefined): Pages | undefined =>
      mark === undefined ? undefined : pages(Math.min(mark, value));
    const next: WantedMarks =
      name === 'limit'
        ? { limit: value, ...given('high', capped(high)), ...given('low', capped(low)) }
        : name === 'high'
          ? { ...this.#marks, high: value, ...given('low', capped(low)) }
          : { ...this.#marks, low: value };
    this.#marks = next;
    this.#draw();
    this.#moved(next, done);
  }

  #draw(): void {
    const of = this.#around.getAttribute('aria-label')?.replace(/^usage/, '') ?? '';
    for (const mark of MARKS) {
      const { name } = mark;
      const grip = this.#grips[name];
      const value = this.#marks[name];
      grip.hidden = value === undefined;
      if (value === undefined) continue;
      const { left, right, most } = this.#place;
      Object.assign(grip.style, {
        left: `${left}px`,
        width: `${right - left}px`,
        top: `${this.#placeOf(name)}px`,
      });
      grip.style.setProperty('--aside', `${this.#place.right - this.#knobOf(name)}px`);
      const word = wordOf(mark, this.#names);
      grip.setAttribute('aria-label', `${word}${of}`);
      grip.setAttribute('aria-valuenow', `${value}`);
      grip.setAttribute('aria-valuemin', '1');
      grip.setAttribute('aria-valuemax', `${Math.max(value, Math.round(most))}`);
      grip.setAttribute('aria-valuetext', pageSize(value));
      grip.dataset['size'] = `${word} ${pageSize(value)}`;
    }
  }

  /** Where its knob stands: at the end of its line, or left of those that it would cover, px. */
  #knobOf(name: MarkName): number {
    const asides = MARK_NAMES.slice(0, MARK_NAMES.indexOf(name))
      .filter(
        (each) =>
          this.#marks[each] !== undefined && Math.abs(this.#placeOf(each) - this.#placeOf(name)) < 2 * KNOB,
      )
      .map((each) => this.#knobOf(each) - 2 * KNOB);
    return Math.min(this.#place.right, ...asides);
  }

  #placeOf(name: MarkName): number {
    const { top, bottom, most } = this.#place;
    return bottom - Math.min(1, (this.#marks[name] ?? 0) / most) * (bottom - top);
  }
}

const given = (name: MarkName, value: Pages | undefined): WantedMarks =>
  value === undefined ? {} : { [name]: value };

const STEPS_OF: Readonly<Record<string, number>> = {
  ArrowUp: 1,
  ArrowRight: 1,
  ArrowDown: -1,
  ArrowLeft: -1,
  PageUp: LEAP,
  PageDown: -LEAP,
};
