/** A cgroup's usage over one stretch of time, and what happened in it. */
export interface Piece {
  from: number;
  time: number;
  min: number;
  max: number;
  last: number;
  /** Index of its marks at the end. */
  marks: number;
  /** ns */
  awake: number;
  failures: number;
  stalls: number;
  oomKills: number;
}

/** How pieces are kept. */
export interface Grain {
  /** Pieces within the same interval become one, ns. */
  readonly interval: number;
  /** Pieces kept. */
  readonly most: number;
  /** When there are more: the interval doubles and all of the time stays, or else the older half goes. */
  readonly whole: boolean;
}

const FIRST_ROOM = 16;

/**
 * Pieces one after the other, as parallel arrays that grow on use. Stretches in
 * which nothing changed are one piece, however long they are.
 */
export class Column {
  readonly #grain: Grain;
  #interval: number;
  #length = 0;
  #begin: number;
  #time = new Float64Array(FIRST_ROOM);
  #awake = new Float64Array(FIRST_ROOM);
  #min = new Int32Array(FIRST_ROOM);
  #max = new Int32Array(FIRST_ROOM);
  #last = new Int32Array(FIRST_ROOM);
  #marks = new Int32Array(FIRST_ROOM);
  #failures = new Int32Array(FIRST_ROOM);
  #stalls = new Int32Array(FIRST_ROOM);
  #oomKills = new Int32Array(FIRST_ROOM);

  constructor(grain: Grain, begin: number) {
    this.#grain = grain;
    this.#interval = grain.interval;
    this.#begin = begin;
  }

  /** The pieces go on from here. */
  get begin(): number {
    return this.#begin;
  }

  get length(): number {
    return this.#length;
  }

  /** Bytes. */
  get size(): number {
    return this.#time.length * (2 * 8 + 7 * 4);
  }

  /** Goes on where the last piece ended. */
  add(piece: Readonly<Piece>): void {
    const at = this.#length - 1;
    if (at >= 0 && this.#continues(at, piece)) {
      this.#time[at] = piece.time;
      this.#awake[at] += piece.awake;
      return;
    }
    if (at >= 0 && this.#isWithin(this.#fromOf(at), piece.time)) {
      this.#merge(at, piece);
      return;
    }
    if (this.#length === this.#time.length) this.#grow();
    this.#put(this.#length, piece);
    this.#length += 1;
    if (this.#length <= this.#grain.most) return;
    if (this.#grain.whole) this.#coarsen();
    else this.#forgetHalf();
  }

  /** Calls `take` with every piece that overlaps the time, in order; the object is used again. */
  each(from: number, to: number, take: (piece: Readonly<Piece>) => void): void {
    for (let at = this.#firstAfter(from); at < this.#length; at += 1) {
      const piece = this.#piece(at);
      if (piece.from >= to && piece.from > from) return;
      take(piece);
    }
  }

  #piece(at: number): Piece {
    return {
      from: this.#fromOf(at),
      time: this.#time[at],
      min: this.#min[at],
      max: this.#max[at],
      last: this.#last[at],
      marks: this.#marks[at],
      awake: this.#awake[at],
      failures: this.#failures[at],
      stalls: this.#stalls[at],
      oomKills: this.#oomKills[at],
    };
  }

  #fromOf(at: number): number {
    return at === 0 ? this.#begin : this.#time[at - 1];
  }

  /** The first piece that ends behind this time. */
  #firstAfter(time: number): number {
    let low = 0;
    let high = this.#length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#time[middle] <= time) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  #isWithin(from: number, time: number): boolean {
    return Math.floor(from / this.#interval) === Math.ceil(time / this.#interval) - 1;
  }

  /** Both are flat, at the same height, and alike in what the reclaimer did. */
  #continues(at: number, { from, time, min, max, last, marks, awake, failures, stalls, oomKills }: Piece) {
    if (failures + stalls + oomKills > 0 || min !== max || marks !== this.#marks[at]) return false;
    if (this.#failures[at] + this.#stalls[at] + this.#oomKills[at] > 0) return false;
    if (this.#min[at] !== last || this.#max[at] !== last) return false;
    const before = this.#awake[at];
    return awake === 0 ? before === 0 : awake === time - from && before === this.#time[at] - this.#fromOf(at);
  }

  #merge(at: number, piece: Readonly<Piece>): void {
    this.#time[at] = piece.time;
    this.#awake[at] += piece.awake;
    if (piece.min < this.#min[at]) this.#min[at] = piece.min;
    if (piece.max > this.#max[at]) this.#max[at] = piece.max;
    this.#last[at] = piece.last;
    this.#marks[at] = piece.marks;
    this.#failures[at] += piece.failures;
    this.#stalls[at] += piece.stalls;
    this.#oomKills[at] += piece.oomKills;
  }

  #put(at: number, piece: Readonly<Piece>): void {
    this.#time[at] = piece.time;
    this.#awake[at] = piece.awake;
    this.#min[at] = piece.min;
    this.#max[at] = piece.max;
    this.#last[at] = piece.last;
    this.#marks[at] = piece.marks;
    this.#failures[at] = piece.failures;
    this.#stalls[at] = piece.stalls;
    this.#oomKills[at] = piece.oomKills;
  }

  #coarsen(): void {
    while (this.#length > (this.#grain.most * 3) / 4) {
      this.#interval *= 2;
      const pieces = Array.from({ length: this.#length }, (_, at) => this.#piece(at));
      this.#length = 0;
      for (const piece of pieces) {
        const at = this.#length - 1;
        if (at >= 0 && this.#isWithin(this.#fromOf(at), piece.time)) this.#merge(at, piece);
        else this.#put(this.#length++, piece);
      }
    }
  }

  #forgetHalf(): void {
    const gone = this.#length >> 1;
    this.#begin = this.#time[gone - 1];
    for (const array of this.#arrays()) array.copyWithin(0, gone, this.#length);
    this.#length -= gone;
  }

  #arrays() {
    const counts = [this.#failures, this.#stalls, this.#oomKills];
    return [this.#time, this.#awake, this.#min, this.#max, this.#last, this.#marks, ...counts];
  }

  #grow(): void {
    this.#time = doubled(this.#time, new Float64Array(2 * this.#length));
    this.#awake = doubled(this.#awake, new Float64Array(2 * this.#length));
    this.#min = doubled(this.#min, new Int32Array(2 * this.#length));
    this.#max = doubled(this.#max, new Int32Array(2 * this.#length));
    this.#last = doubled(this.#last, new Int32Array(2 * this.#length));
    this.#marks = doubled(this.#marks, new Int32Array(2 * this.#length));
    this.#failures = doubled(this.#failures, new Int32Array(2 * this.#length));
    this.#stalls = doubled(this.#stalls, new Int32Array(2 * this.#length));
    this.#oomKills = doubled(this.#oomKills, new Int32Array(2 * this.#length));
  }
}

function doubled<A extends Float64Array | Int32Array>(from: A, to: A): A {
  to.set(from);
  return to;
}
