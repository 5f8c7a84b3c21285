import type { Pages } from '../../kernel/units.ts';
import type { SavedMachine } from '../../machine/machine.ts';
import type { Command } from '../../script/command.ts';
import type { Task } from '../sweep.ts';
import type { Watched } from './measurement-watch.ts';
import { firstMark } from './point-marks.ts';

/** In the midst of a run, while its script waits for an operation. */
export interface Place {
  /** Commands of the script before that one. */
  readonly commands: number;
  /** Virtual time, ns. */
  readonly time: number;
  /** The highest usage up to here. */
  readonly most: Pages;
}

/** A run that stands at a place: all that it takes to go on from there. */
export interface Standing {
  readonly place: Place;
  readonly machine: SavedMachine;
  readonly watched: Watched;
}

/**
 * What runs of one script have in common that differ in their marks alone. Until the usage first passes the lower of
 * limit and start, nobody asks for a mark but to learn that the usage is not above it. So up to there they are one run,
 * their stem, which is run once; each goes on from there on a machine of its own.
 */
class Stem {
  /** The last before the usage rose, each time: time and usage both ascend. */
  readonly #places: Place[] = [];
  /** Nothing is known of a run with marks beyond. */
  #knownTo = 0;
  /** What comes may hang on the marks in another way. */
  #isOver = false;
  /** By time. */
  #standing: Standing[] = [];

  /** Told of each place of a run that has not reached its marks. */
  passed(place: Place): void {
    const last = this.#places.at(-1);
    if (this.#isOver || (last !== undefined && last.time >= place.time)) return;
    if (last?.most === place.most) this.#places.pop();
    this.#places.push(place);
  }

  /** A run with such a mark has told all. */
  told(mark: number): void {
    this.#knownTo = Math.max(this.#knownTo, mark);
  }

  /** Told of each command, before it is obeyed. */
  obeys(command: Command): void {
    if (!isCommon(command)) this.#isOver = true;
  }

  get isOver(): boolean {
    return this.#isOver;
  }

  /** The last place before the usage passes this mark, as far as it is known. */
  before(mark: number): Place | undefined {
    const most = Math.min(mark, this.#knownTo);
    return this.#places.findLast((place) => place.most <= most);
  }

  /** Whoever stands there, or before that. */
  nearest({ time }: Place): Standing | undefined {
    return this.#standing.findLast(({ place }) => place.time <= time);
  }

  keep(standing: Standing): void {
    this.#standing.push(standing);
    this.#standing.sort((a, b) => a.place.time - b.place.time);
  }

  forget(standing: Standing): void {
    this.#standing = this.#standing.filter((each) => each !== standing);
  }
}

/** What comes of it, and whether it comes to be, hangs on no mark that was not reached. */
function isCommon(command: Command): boolean {
  switch (command.name) {
    case 'wait':
      return command.for !== 'condition';
    case 'run':
    case 'start':
    case 'stop':
    case 'at':
    case 'spawn':
    case 'kill':
    case 'renice':
    case 'attach':
    case 'mkdir':
    case 'write':
    case 'set':
    case 'drop':
    case 'sync':
    case 'truncate':
    case 'expect':
    case 'print':
    case 'machine':
      return true;
    default:
      return false;
  }
}

/** A run can be taken up in the midst of it: its first operation is the one that it waits for. */
export function isTakenUp({ name }: Command): boolean {
  return name === 'run' || name === 'wait' || name === 'at';
}

/** Runs with the same have a stem in common. */
export const stemKey = ({ script, point: { policy, seed, variant = 0 } }: Task): string =>
  `${script}:${policy}:${seed}:${variant}`;

/**
 * The same tasks, those with a stem in common side by side: whose mark is reached last comes first and tells of all of
 * it, then the others, each of which can begin where the one before it did.
 */
export function byStem(tasks: readonly Task[]): Task[][] {
  const stems = new Map<string, Task[]>();
  for (const task of tasks) {
    const stem = stems.get(stemKey(task));
    if (stem === undefined) stems.set(stemKey(task), [task]);
    else stem.push(task);
  }
  return [...stems.values()].map((stem) => {
    const rising = stem.toSorted(
      (a, b) => firstMark(a.point) - firstMark(b.point) || a.point.low - b.point.low,
    );
    return [...rising.slice(-1), ...rising.slice(0, -1)];
  });
}

/** Machines of all stems together that are kept: each has some MB. */
const MOST_STANDING = 16;

/** The stems of one job. */
export class Stems {
  readonly #stems = new Map<string, Stem>();
  /** The one that was of use last comes last. */
  readonly #standing = new Map<Standing, Stem>();

  of(key: string): Stem {
    const stem = this.#stems.get(key) ?? new Stem();
    this.#stems.set(key, stem);
    return stem;
  }

  nearest(stem: Stem, place: Place): Standing | undefined {
    const standing = stem.nearest(place);
    if (standing !== undefined) this.#used(standing, stem);
    return standing;
  }

  keep(stem: Stem, standing: Standing): void {
    stem.keep(standing);
    this.#used(standing, stem);
    for (const [oldest, its] of this.#standing) {
      if (this.#standing.size <= MOST_STANDING) break;
      this.#standing.delete(oldest);
      its.forget(oldest);
    }
  }

  #used(standing: Standing, stem: Stem): void {
    this.#standing.delete(standing);
    this.#standing.set(standing, stem);
  }
}
