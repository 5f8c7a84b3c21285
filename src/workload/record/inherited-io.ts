import { less, type Moved, more, NOTHING_MOVED } from './moved.ts';

/**
 * Reads and writes of a process that has ended: Linux adds them to its parent's when that waits for it
 * (wait_task_zombie()), and drops them when nobody does. So they are found again in what an ancestor's
 * counters gained, or kept as they were last seen.
 */

/** An ancestor's looks that an ended process is given to turn up in. */
const LOOKS = 2;

interface Waiting extends Moved {
  looks: number;
}

/** What one process may have inherited. */
export class Heir {
  #waiting: Waiting[] = [];
  /** What its counters gained in the look in hand, less what descendants account for. */
  #unclaimed: Moved = NOTHING_MOVED;

  /**
   * A descendant has ended with these. `seen`: its counters were read in the same look, a moment before: who
   * was waited for since the look before is in them already.
   */
  expect(io: Moved, seen: boolean): void {
    if (io.read + io.written === 0) return;
    if (seen && isIn(io, this.#unclaimed)) this.#unclaimed = less(this.#unclaimed, io);
    else this.#waiting.push({ ...io, looks: LOOKS });
  }

  /** What it expected and will not get, given what its counters gained since the last look. */
  settle(gained: Moved): Moved {
    let left = gained;
    let lost = NOTHING_MOVED;
    this.#waiting = this.#waiting.filter((each) => {
      if (isIn(each, left)) {
        left = less(left, each);
        return false;
      }
      each.looks -= 1;
      if (each.looks > 0) return true;
      lost = more(lost, each);
      return false;
    });
    this.#unclaimed = left;
    return lost;
  }

  /** Goes with its process: who inherits from that inherits this. */
  get waiting(): readonly Moved[] {
    return this.#waiting;
  }
}

const isIn = (io: Moved, gained: Moved): boolean => io.read <= gained.read && io.written <= gained.written;
