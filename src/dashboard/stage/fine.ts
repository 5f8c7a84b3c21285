import type { Nanoseconds } from '../../kernel/units.ts';
import { Machine } from '../../machine/machine.ts';
import type { Curve } from '../../script/history/track.ts';
import { Track } from '../../script/history/track.ts';
import type { Feeds } from '../../script/traces.ts';
import { LOOK_EVERY, Observed } from './observed.ts';
import type { Past } from './past.ts';
import { Player } from './player.ts';

/** Work that a stretch of the past is worth, and how long it goes on without letting others have a turn, ms. */
const MOST_WORK = 200;
const TURN = 15;
const NO_EVENTS = 0;
const MOST_PIECES = 4096;

export interface FineSettings {
  readonly feeds: Feeds;
}

/** Another version is another past. */
interface Stretch {
  readonly from: Nanoseconds;
  readonly to: Nanoseconds;
  readonly count: number;
  readonly version: number;
}

/** What was asked for, and the track of it; null: it is on its way, or not worth its work. */
interface Asked {
  readonly past: Past;
  readonly stretch: Stretch;
  track: Track | null;
}

/**
 * Curves of the past that are finer than what was kept of it: the stretch is done again, and looked at
 * more often. The last one that was asked for stays.
 */
export class Fine {
  readonly #changed: () => void;
  #asked: Asked | null = null;

  constructor(changed: () => void) {
    this.#changed = changed;
  }

  /** null: what was kept is as fine, or this is not there yet; `changed` is called when it is. */
  curve(past: Past, settings: FineSettings, path: string, at: number, stretch: Stretch): Curve | null {
    const { from, to, count } = stretch;
    if ((to - from) / count >= LOOK_EVERY) return null;
    if (this.#asked?.past !== past || !isSame(this.#asked.stretch, stretch)) {
      this.#asked = { past, stretch, track: null };
      void this.#recall(this.#asked, settings);
    }
    return this.#asked.track?.curve(path, at, from, to, count) ?? null;
  }

  async #recall(asked: Asked, { feeds }: FineSettings): Promise<void> {
    const { past } = asked;
    const { from, to, count } = asked.stretch;
    const before = past.player(from);
    if (before === null) return;
    const breathe = async (): Promise<boolean> => {
      await new Promise((resolve) => setImmediate(resolve));
      return this.#asked === asked;
    };
    while (!(await before.to(from, performance.now() + TURN)))
      if (!(await breathe()) || before.observed.work > MOST_WORK) return;
    const machine = Machine.load(before.machine.save());
    const width = (to - from) / count;
    const track = new Track(machine, [{ interval: width, most: MOST_PIECES, whole: true }]);
    const observed = new Observed(machine, track, before.observed.memory(NO_EVENTS), width);
    const player = new Player({ observed, tape: before.tape, feeds, position: before.position });
    while (!(await player.to(to, performance.now() + TURN)))
      if (!(await breathe()) || before.observed.work + observed.work > MOST_WORK) return;
    asked.track = track;
    this.#changed();
  }
}

const isSame = (a: Stretch, b: Stretch): boolean =>
  a.from === b.from && a.to === b.to && a.count === b.count && a.version === b.version;
