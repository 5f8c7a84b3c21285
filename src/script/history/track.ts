import { type Nanoseconds, ns, type Pages, pages, setOrNull } from '../../kernel/units.ts';
import type { CgroupLook, CgroupUsage, Machine, TraceEvent } from '../../machine/machine.ts';
import { Column, type Grain, type Piece } from './column.ts';

/** What happened to a cgroup during one stretch of virtual time: sums, but for usage and marks. */
export interface Stretch {
  /** The stretch goes from `from` (exclusive) to `time`, ns. */
  readonly from: Nanoseconds;
  readonly time: Nanoseconds;
  /** Usage: least, most, and at the end. */
  readonly min: Pages;
  readonly max: Pages;
  readonly last: Pages;
  /** Marks at the end; null: unset. */
  readonly low: Pages | null;
  readonly high: Pages | null;
  readonly limit: Pages | null;
  /** How long the reclaimer was awake, ns. */
  readonly awake: Nanoseconds;
  readonly failures: number;
  readonly stalls: number;
  readonly oomKills: number;
}

/** A cgroup's recorded usage from `from` to `to`, in at most as many stretches as were asked for; those before it was made are missing. */
export interface Curve {
  readonly from: Nanoseconds;
  readonly to: Nanoseconds;
  readonly stretches: readonly Stretch[];
}

/** From fine and short to coarse and as long as there is a past. */
const GRAINS: readonly Grain[] = [
  { interval: 10_000_000, most: 1024, whole: false },
  { interval: 160_000_000, most: 1024, whole: false },
  { interval: 1_280_000_000, most: 1024, whole: true },
];
/** Cgroups that are gone whose history is kept: the last so many. */
const MAX_GONE = 100;

type Marks = Pick<Stretch, 'low' | 'high' | 'limit'>;

/** One cgroup's history, whatever it is called meanwhile. */
interface Line {
  readonly columns: readonly Column[];
  readonly born: number;
  readonly names: { readonly path: string; readonly from: number; to: number }[];
  /** Its name, how much was charged, the highest usage ever, and the marks when it was looked at last. */
  path: string;
  charged: number;
  peak: number;
  marks: number;
  low: number;
  high: number;
  limit: number;
  /** Since when its reclaimer has been awake; -1: it is not. */
  awakeSince: number;
  /** What happened since the last look. */
  min: number;
  max: number;
  awake: number;
  failures: number;
  stalls: number;
  oomKills: number;
}

/**
 * The history of every cgroup of one machine. Usage is looked at as often as
 * look() is called; that a reclaimer was awake and what went wrong is known
 * from trace events, to the nanosecond.
 */
export class Track {
  readonly #machine: Machine;
  readonly #grains: readonly Grain[];
  /** By the object that holds a cgroup's counters: it stays the same when the cgroup is renamed. */
  #lines = new Map<object, Line>();
  /** As Machine.looks() has them. */
  #inOrder: Line[] = [];
  readonly #byPath = new Map<string, Line>();
  readonly #gone: Line[] = [];
  readonly #marks: Marks[] = [];
  readonly #marksByKey = new Map<string, number>();
  #now: number;

  constructor(machine: Machine, grains = GRAINS) {
    this.#machine = machine;
    this.#grains = grains;
    this.#now = machine.now;
    this.look();
  }

  /** Bytes. */
  get size(): number {
    let sum = 0;
    for (const { columns } of [...this.#lines.values(), ...this.#gone])
      for (const column of columns) sum += column.size;
    return sum;
  }

  /** Looks at all cgroups as they are now: `looks` is what Machine.looks() gives. */
  look(looks: readonly CgroupLook[] = this.#machine.looks()): void {
    const now = this.#machine.now;
    if (!this.#areKnown(looks)) this.#meet(looks, now);
    for (const [i, look] of looks.entries()) this.#sample(this.#inOrder[i], now, look);
    this.#now = now;
  }

  event(event: TraceEvent): void {
    if (event.cgroup === null) return;
    let line = this.#byPath.get(event.cgroup);
    if (line === undefined) {
      this.look();
      line = this.#byPath.get(event.cgroup);
      if (line === undefined) return;
    }
    switch (event.type) {
      case 'start':
      case 'wake':
        if (line.awakeSince < 0) line.awakeSince = event.time;
        break;
      case 'sleep':
      case 'stop':
        if (line.awakeSince >= 0) line.awake += event.time - line.awakeSince;
        line.awakeSince = -1;
        break;
      case 'limit-failure':
        line.failures += 1;
        break;
      case 'stall':
        line.stalls += 1;
        break;
      case 'oom-kill':
        line.oomKills += 1;
        break;
      default:
        return;
    }
    if (!('usage' in event)) return;
    if (event.usage < line.min) line.min = event.usage;
    if (event.usage > line.max) line.max = event.usage;
  }

  /**
   * The usage from `from` to `to` of the cgroup that was called so at the time `at`. What is
   * later than the machine is missing, and so is what was before the cgroup was made.
   */
  curve(path: string, at: number, from: number, to: number, count: number): Curve {
    const looks = to >= this.#now ? this.#machine.looks() : [];
    if (looks.length > 0 && !this.#areKnown(looks)) this.look(looks);
    const line = this.#find(path, at);
    const curve = { from: ns(from), to: ns(to) };
    if (line === null || to <= from || count < 1) return { ...curve, stretches: [] };
    const cells = new Cells(from, to, count);
    const { columns, born } = line;
    const column = columns.find(({ begin }) => begin <= Math.max(from, born)) ?? columns[columns.length - 1];
    column.each(from, to, (piece) => cells.add(piece));
    const here = this.#inOrder.indexOf(line);
    const look = here < 0 ? undefined : looks[here];
    if (look === undefined) return { ...curve, stretches: cells.stretches(this.#marks) };
    const piece = this.#piece(line, this.#machine.now, look);
    if (piece.time > piece.from) cells.add(piece);
    const stretches = cells.stretches(this.#marks);
    const last = stretches.pop();
    // What was done since time went on last shows already.
    if (last !== undefined) stretches.push({ ...last, last: pages(piece.last), ...this.#marks[piece.marks] });
    return { ...curve, stretches };
  }

  #find(path: string, at: number): Line | null {
    const named = ({ names }: Line): boolean =>
      names.some((name) => name.path === path && name.from <= at && at < name.to);
    const line = this.#byPath.get(path);
    if (line !== undefined && named(line)) return line;
    for (const other of this.#lines.values()) if (named(other)) return other;
    return this.#gone.findLast(named) ?? line ?? null;
  }

  /** The same cgroups under the same names as before; one that was made anew begins with nothing charged. */
  #areKnown(looks: readonly CgroupLook[]): boolean {
    if (looks.length !== this.#inOrder.length) return false;
    for (const [i, { path, pgpgin }] of looks.entries()) {
      const line = this.#inOrder[i];
      if (line.path !== path || pgpgin < line.charged) return false;
    }
    return true;
  }

  /** After cgroups were made, removed or renamed. */
  #meet(looks: readonly CgroupLook[], now: number): void {
    const met = new Map<object, Line>();
    this.#byPath.clear();
    this.#inOrder = looks.map((look) => {
      const { path } = look;
      const stat = this.#machine.counters(path);
      const line = this.#lines.get(stat) ?? this.#newLine(look, now);
      if (line.path !== path) {
        const name = line.names.at(-1);
        if (name !== undefined) name.to = now;
        line.names.push({ path, from: name === undefined ? line.born : now, to: Infinity });
        line.path = path;
      }
      met.set(stat, line);
      this.#byPath.set(path, line);
      return line;
    });
    for (const [stat, line] of this.#lines) if (!met.has(stat)) this.#bury(line, now);
    this.#lines = met;
  }

  #bury(line: Line, now: number): void {
    const name = line.names.at(-1);
    if (name !== undefined) name.to = now;
    this.#gone.push(line);
    if (this.#gone.length > MAX_GONE) this.#gone.shift();
  }

  #newLine({ usage, stat }: CgroupLook, now: number): Line {
    const isAwake = stat.bg_state === 'reclaiming' || stat.bg_state === 'spinning';
    return {
      columns: this.#grains.map((grain) => new Column(grain, now)),
      born: now,
      path: '',
      names: [],
      charged: 0,
      peak: usage.max,
      marks: 0,
      low: -1,
      high: -1,
      limit: -1,
      awakeSince: isAwake ? now : -1,
      min: usage.usage,
      max: usage.usage,
      awake: 0,
      failures: 0,
      stalls: 0,
      oomKills: 0,
    };
  }

  #sample(line: Line, now: number, look: CgroupLook): void {
    const piece = this.#piece(line, now, look);
    if (now > piece.from) {
      for (const column of line.columns) column.add(piece);
      if (line.awakeSince >= 0) line.awakeSince = now;
      line.awake = 0;
      line.failures = 0;
      line.stalls = 0;
      line.oomKills = 0;
    }
    const { usage } = look.usage;
    line.charged = look.pgpgin;
    line.peak = look.usage.max;
    line.min = usage;
    line.max = usage;
  }

  /** What happened since the last look. */
  #piece(line: Line, now: number, { usage }: CgroupLook): Piece {
    const { awakeSince, failures, stalls, oomKills } = line;
    const last = usage.usage;
    const from = Math.max(this.#now, line.born);
    const awake = line.awake + (awakeSince < 0 ? 0 : now - awakeSince);
    const min = Math.min(last, line.min);
    // It has been higher in between than at either end.
    const max = Math.max(usage.max > line.peak ? usage.max : last, line.max);
    const marks = this.#marksOf(line, usage);
    return { from, time: now, min, max, last, marks, awake, failures, stalls, oomKills };
  }

  /** Marks that are as they were are found without a search. */
  #marksOf(line: Line, { low, high, limit }: CgroupUsage): number {
    if (line.low === low && line.high === high && line.limit === limit) return line.marks;
    line.low = low;
    line.high = high;
    line.limit = limit;
    const key = `${low} ${high} ${limit}`;
    const known = this.#marksByKey.get(key);
    line.marks = known ?? this.#marks.length;
    if (known !== undefined) return known;
    this.#marks.push({ low: setOrNull(low), high: setOrNull(high), limit: setOrNull(limit) });
    this.#marksByKey.set(key, line.marks);
    return line.marks;
  }
}

/** Even parts of a span of time, and what falls into each. */
class Cells {
  readonly #from: number;
  readonly #width: number;
  readonly #cells: (Piece | undefined)[];

  constructor(from: number, to: number, count: number) {
    this.#from = from;
    this.#width = (to - from) / count;
    this.#cells = Array.from({ length: count }, () => undefined);
  }

  /** What happened in a piece that covers several is said to have happened at its end. */
  add(piece: Readonly<Piece>): void {
    const { from, time } = piece;
    const first = Math.max(0, Math.floor((from - this.#from) / this.#width));
    const end = Math.ceil((time - this.#from) / this.#width) - 1;
    for (let at = first; at <= Math.min(end, this.#cells.length - 1); at += 1) {
      const begin = Math.max(from, this.#from + at * this.#width);
      const until = Math.min(time, this.#from + (at + 1) * this.#width);
      if (until <= begin) continue;
      const share = time > from ? (until - begin) / (time - from) : 0;
      const part = { ...piece, from: begin, time: until, awake: piece.awake * share };
      if (at !== end) Object.assign(part, { failures: 0, stalls: 0, oomKills: 0 });
      this.#cells[at] = both(this.#cells[at], part);
    }
  }

  stretches(marks: readonly Marks[]): Stretch[] {
    return this.#cells.flatMap((cell) => (cell === undefined ? [] : [stretchOf(cell, marks[cell.marks])]));
  }
}

function both(a: Piece | undefined, b: Piece): Piece {
  if (a === undefined) return b;
  return {
    from: a.from,
    time: b.time,
    min: Math.min(a.min, b.min),
    max: Math.max(a.max, b.max),
    last: b.last,
    marks: b.marks,
    awake: a.awake + b.awake,
    failures: a.failures + b.failures,
    stalls: a.stalls + b.stalls,
    oomKills: a.oomKills + b.oomKills,
  };
}

const stretchOf = (piece: Piece, { low, high, limit }: Marks): Stretch => ({
  from: time(piece.from),
  time: time(piece.time),
  min: pages(piece.min),
  max: pages(piece.max),
  last: pages(piece.last),
  low,
  high,
  limit,
  awake: ns(Math.round(piece.awake)),
  failures: piece.failures,
  stalls: piece.stalls,
  oomKills: piece.oomKills,
});

const time = (t: number): Nanoseconds => ns(Math.round(t));
