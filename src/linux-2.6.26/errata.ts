/**
 * Errors of the posting that can be put back (README 9), by name. They come
 * with the conformance suite; their places in the code ask `errata.<name>`.
 */
export const ERRATA = [
  'charge-fallthrough',
  'force-empty-inverted',
  'force-empty-ref-leak',
  'state-never-over-limit',
  'best-node-forgotten',
] as const;

export type Erratum = (typeof ERRATA)[number];

/** Sets of errata that have a name of their own. */
export const ERRATA_SETS: Readonly<Record<string, readonly Erratum[]>> = {
  posted: ERRATA,
  /** What the recordings were made with. */
  recorded: ['force-empty-inverted', 'force-empty-ref-leak', 'state-never-over-limit'],
};

export interface Errata {
  readonly chargeFallthrough: boolean;
  readonly forceEmptyInverted: boolean;
  readonly forceEmptyRefLeak: boolean;
  readonly stateNeverOverLimit: boolean;
  readonly bestNodeForgotten: boolean;
}

export const errataOf = (names: readonly Erratum[]): Errata => ({
  chargeFallthrough: names.includes('charge-fallthrough'),
  forceEmptyInverted: names.includes('force-empty-inverted'),
  forceEmptyRefLeak: names.includes('force-empty-ref-leak'),
  stateNeverOverLimit: names.includes('state-never-over-limit'),
  bestNodeForgotten: names.includes('best-node-forgotten'),
});
