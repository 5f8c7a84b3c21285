/** What the page of a report draws: made by html.ts, read by page/. Times are ns, sizes pages. */
export interface PageData {
  readonly groups: readonly PageGroup[];
}

/** Runs of one script, side by side. */
export interface PageGroup {
  readonly until: number;
  readonly charts: readonly PageChart[];
}

export interface PageChart {
  /** The id of the element that it is drawn into. */
  readonly id: string;
  /** The highest value, pages. */
  readonly top: number;
  readonly birth: number;
  /** Time since the sample before; then what was least, most, and last in between. */
  readonly time: readonly number[];
  readonly min: readonly number[];
  readonly max: readonly number[];
  readonly last: readonly number[];
  /** Time, low, high and limit from then on; null: not set. */
  readonly marks: readonly (readonly [number, number | null, number | null, number | null])[];
  readonly awake: readonly PackedSpan[];
  readonly failures: readonly PackedSpan[];
  /** Time and the victim's name. */
  readonly kills: readonly (readonly [number, string])[];
}

/** Time since the end of the span before, length, how much of that was busy, and how many they are. */
export type PackedSpan = readonly [gap: number, length: number, busy: number, times: number];
