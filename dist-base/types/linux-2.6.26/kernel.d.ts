import type { FigureNames } from '../mm/figures.ts';
import { type Erratum } from './errata.ts';
import { type PolicyName } from './policy/names.ts';
import type { Mm, Own } from './types.ts';
/** What a machine is bound to that runs 2.6.26: the same functions for all, and the rule of its policy. */
export declare const bind: ({ policy }: Own) => Mm['kernel'];
/** What it is booted with. */
export interface KernelOptions {
    /** Who reclaims in the background. */
    readonly policy: PolicyName;
    /** With the policy `rfc`: the series is in the kernel, watermarks and memcontd. */
    readonly wmarks: boolean;
    /** false: writes are answered as before, and nobody reclaims in the background. */
    readonly reclaimd: boolean;
    readonly errata: readonly Erratum[];
}
/** Without the series nobody reclaims in its place. */
export declare const policyIn: ({ policy, wmarks }: Partial<KernelOptions>) => PolicyName;
export declare function newOwn(options: KernelOptions): Own;
export declare function figureNames(options: Partial<KernelOptions>): FigureNames;
