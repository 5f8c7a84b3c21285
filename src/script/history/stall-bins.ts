/** How many stalls took at least `from` and less than `upto` ns. */
export interface StallBin {
  readonly from: number;
  readonly upto: number;
  readonly count: number;
}

/** A power of two is cut into so many equal bins. */
const PARTS = 4;

/** Stalls counted by how long they took: bounds are whole and the same in all runs, so that runs can be compared. */
export class StallCounts {
  readonly #counts: number[] = [];

  add(time: number): void {
    const bin = binOf(Math.max(0, Math.floor(time)));
    while (this.#counts.length <= bin) this.#counts.push(0);
    this.#counts[bin] += 1;
  }

  /** Those that hold any, ascending. */
  bins(): StallBin[] {
    return this.#counts.flatMap((count, bin) =>
      count > 0 ? [{ from: lowerBound(bin), upto: lowerBound(bin + 1), count }] : [],
    );
  }
}

function binOf(time: number): number {
  let power = 0;
  let scaled = time;
  while (scaled >= 2 * PARTS) {
    scaled = Math.floor(scaled / 2);
    power += 1;
  }
  return power * PARTS + scaled;
}

/** Below 2 * PARTS each whole number has a bin of its own. */
function lowerBound(bin: number): number {
  if (bin < 2 * PARTS) return bin;
  const power = Math.floor(bin / PARTS) - 1;
  return ((bin % PARTS) + PARTS) * 2 ** power;
}
