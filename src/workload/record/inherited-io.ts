/**
 * Reads and writes of a process that has ended: Linux adds them to its parent's when that waits for it
 * (wait_task_zombie()), and drops them when nobody does. So they are found again in what an ancestor's
 * counters gained, or kept as they were last seen.
 */

export interface Io {
  readonly read: number;
  readonly written: number;
}

/** An ancestor's looks that an ended process is given to turn up in. */
const LOOKS = 2;

interface Waiting extends Io {
  looks: number;
}

/** What one process may have inherited. */
export class Heir {
  #waiting: Waiting[] = [];
  /** What its counters gained in the look in hand, less what descendants account for. */
  #unclaimed: Io = { read: 0, written: 0 };

  /**
   * A descendant has ended with these. `seen`: its counters were read in the same look, a moment before: who
   * was waited for since the look before is in them already.
   */
  expect(io: Io, seen: boolean): void {
    if (io.read + io.written === 0) return;
    const { read, written } = this.#unclaimed;
    if (seen && io.read <= read && io.written <= written)
      this.#unclaimed = { read: read - io.read, written: written - io.written };
    else this.#waiting.push({ ...io, looks: LOOKS });
  }

  /** What it expected and will not get, given what its counters gained since the last look. */
  settle(gained: Io): Io {
    let { read, written } = gained;
    const lost = { read: 0, written: 0 };
    this.#waiting = this.#waiting.filter((each) => {
      if (each.read <= read && each.written <= written) {
        read -= each.read;
        written -= each.written;
        return false;
      }
      each.looks -= 1;
      if (each.looks > 0) return true;
      lost.read += each.read;
      lost.written += each.written;
      return false;
    });
    this.#unclaimed = { read, written };
    return lost;
  }

  /** Goes with its process: who inherits from that inherits this. */
  get waiting(): readonly Io[] {
    return this.#waiting;
  }
}
