import { type Nanoseconds, type Pages, pages } from '../../kernel/units.ts';

/** Something that took time; or several such things near each other, taken as one. */
export interface Span {
  readonly from: Nanoseconds;
  readonly until: Nanoseconds;
  /** What it was, `stream data.img 512M`; empty when it needs no name, or several had different ones. */
  readonly name: string;
  /** How many they are. */
  readonly times: number;
  /** How much of the time they took, ns; the rest lay between them. */
  readonly busy: number;
  /** What reclaim passes looked at and freed, pages; 0 for anything else. */
  readonly scanned: Pages;
  readonly reclaimed: Pages;
}

/** Spans kept, of all tracks together: a run may be endless, memory is not. */
export const MAX_SPANS = 65_536;
const FIRST_GRAIN = 1_000;

/**
 * Tracks of spans, each ascending in time. When there are more than MAX_SPANS, those of one track that
 * begin within the same grain of time become one; the grain doubles until half of them are left.
 */
export class SpanPool {
  readonly #tracks = new Set<Span[]>();
  readonly #most: number;
  #count = 0;
  #grain = 0;

  constructor(most = MAX_SPANS) {
    this.#most = most;
  }

  /** A new track, to be given to `add`. */
  track(): Span[] {
    const track: Span[] = [];
    this.#tracks.add(track);
    return track;
  }

  add(track: Span[], span: Span): void {
    this.#count += append(track, span, this.#grain);
    if (this.#count > this.#most) this.#coarsen();
  }

  /** Forgets a track. */
  drop(track: Span[]): void {
    if (this.#tracks.delete(track)) this.#count -= track.length;
  }

  #coarsen(): void {
    while (this.#count > this.#most / 2) {
      this.#grain = Math.max(FIRST_GRAIN, this.#grain * 2);
      this.#count = 0;
      for (const track of this.#tracks) {
        for (const span of track.splice(0)) append(track, span, this.#grain);
        this.#count += track.length;
      }
    }
  }
}

/** Answers how many spans longer the track is. Those that overlap are always one. */
function append(track: Span[], span: Span, grain: number): 0 | 1 {
  const last = track.at(-1);
  if (last === undefined || (span.from >= last.until && !sameGrain(last.from, span.from, grain))) {
    track.push(span);
    return 1;
  }
  track[track.length - 1] = together(last, span);
  return 0;
}

const sameGrain = (a: number, b: number, grain: number): boolean =>
  grain > 0 && Math.floor(a / grain) === Math.floor(b / grain);

const together = (a: Span, b: Span): Span => ({
  from: a.from < b.from ? a.from : b.from,
  until: a.until > b.until ? a.until : b.until,
  name: a.name === b.name ? a.name : '',
  times: a.times + b.times,
  busy: a.busy + b.busy,
  scanned: pages(a.scanned + b.scanned),
  reclaimed: pages(a.reclaimed + b.reclaimed),
});
