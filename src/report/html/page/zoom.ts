/** The stretch of time that all the charts of a script show, and the instant in it that is pointed at, ns. */
export class Zoom {
  #until: number;
  readonly #listeners: (() => void)[] = [];
  readonly #watchers: ((time: number | null) => void)[] = [];
  min = 0;
  max: number;

  constructor(until: number) {
    this.#until = until;
    this.max = until;
  }

  /** The runs end elsewhere now. Who saw all of them sees all of them still. */
  setUntil(until: number): void {
    const isWhole = this.min === 0 && this.max === this.#until;
    this.#until = until;
    this.to(this.min, isWhole ? until : this.max);
  }

  onChange(listener: () => void): void {
    this.#listeners.push(listener);
  }

  onPoint(watcher: (time: number | null) => void): void {
    this.#watchers.push(watcher);
  }

  /** null: at nothing. */
  point(time: number | null): void {
    for (const watcher of this.#watchers) watcher(time);
  }

  /** So many times as much time as now, about the middle; 0: all of it. */
  by(factor: number): void {
    if (factor === 0) {
      this.to(0, this.#until);
      return;
    }
    const middle = (this.min + this.max) / 2;
    const half = ((this.max - this.min) * factor) / 2;
    this.to(middle - half, middle + half);
  }

  /** Within the run, and no less than a microsecond. */
  to(min: number, max: number): void {
    const span = Math.min(this.#until, Math.max(1000, max - min));
    this.min = Math.min(Math.max(0, min), this.#until - span);
    this.max = this.min + span;
    for (const listener of this.#listeners) listener();
  }
}
