/**
 * Errors of the posting that can be put back (README 9), by name, and what each is. They come
 * with the conformance suite; their places in the code ask `errata.<name>`.
 */
export const ABOUT_ERRATA = {
  'charge-fallthrough': '3/4: a pass that frees nothing lets the page in without a charge',
  'force-empty-inverted': '1/4: force_empty and rmdir free nothing, and only drop the accounting',
  'force-empty-ref-leak': '1/4: force_empty that answers EBUSY gives back a reference that it did not take',
  'state-never-over-limit': '2/4: the state is never OVER_LIMIT',
  'best-node-forgotten': '4/4: the best node so far is forgotten, and the last candidate wins',
  'start-after-rmdir': '3/4: who has high_wmark_in_bytes open can start memcontd after rmdir',
} as const;

export type Erratum = keyof typeof ABOUT_ERRATA;

export const ERRATA = Object.keys(ABOUT_ERRATA) as Erratum[];

/** Sets of errata that have a name of their own. Nobody who read or recorded the posting met start-after-rmdir. */
export const ERRATA_SETS: Readonly<Record<string, readonly Erratum[]>> = {
  posted: ERRATA.filter((name) => name !== 'start-after-rmdir'),
  /** What the recordings were made with. */
  recorded: ['force-empty-inverted', 'force-empty-ref-leak', 'state-never-over-limit'],
};

export interface Errata {
  readonly chargeFallthrough: boolean;
  readonly forceEmptyInverted: boolean;
  readonly forceEmptyRefLeak: boolean;
  readonly stateNeverOverLimit: boolean;
  readonly bestNodeForgotten: boolean;
  readonly startAfterRmdir: boolean;
}

export const errataOf = (names: readonly Erratum[]): Errata => ({
  chargeFallthrough: names.includes('charge-fallthrough'),
  forceEmptyInverted: names.includes('force-empty-inverted'),
  forceEmptyRefLeak: names.includes('force-empty-ref-leak'),
  stateNeverOverLimit: names.includes('state-never-over-limit'),
  bestNodeForgotten: names.includes('best-node-forgotten'),
  startAfterRmdir: names.includes('start-after-rmdir'),
});
