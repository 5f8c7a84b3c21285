/**
 * Errors of the posting that can be put back (README 9), by name. They come
 * with the conformance suite; their places in the code ask `errata.<name>`.
 */
export declare const ERRATA: readonly ['charge-fallthrough', 'force-empty-inverted', 'force-empty-ref-leak', 'state-never-over-limit', 'best-node-forgotten'];
export type Erratum = (typeof ERRATA)[number];
/** Sets of errata that have a name of their own. */
export declare const ERRATA_SETS: Readonly<Record<string, readonly Erratum[]>>;
export interface Errata {
    readonly chargeFallthrough: boolean;
    readonly forceEmptyInverted: boolean;
    readonly forceEmptyRefLeak: boolean;
    readonly stateNeverOverLimit: boolean;
    readonly bestNodeForgotten: boolean;
}
export declare const errataOf: (names: readonly Erratum[]) => Errata;
