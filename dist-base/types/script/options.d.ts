import { type Erratum, type KernelVersion, type MachineOptions, type PolicyName } from '../machine/machine.ts';
import { type Kind } from './signature.ts';
import type { Word } from './words.ts';
/** `key=value` for the machine: `machine cpus=2 memory=1G cost.scan=80ns`. */
export interface Given {
    readonly key: string;
    readonly column: number;
    readonly options: Partial<MachineOptions>;
}
/** How an option of a machine begins, and whole where there are a few. */
export declare const OPTION_WORDS: readonly string[];
export declare const readSeed: (value: Word) => number;
export declare function readKernel(value: Word): KernelVersion;
export declare function readPolicy(value: Word): PolicyName;
/** Names with commas between; `posted` and `recorded` stand for several. */
export declare function readErrata(value: Word): readonly Erratum[];
export declare const OPTION: Kind<Given>;
/** All that were given, as one. */
export declare function optionsFrom(given: readonly Given[]): Partial<MachineOptions>;
/** The later options win; single costs are put together. */
export declare function withOptions(options: Partial<MachineOptions>, later: Partial<MachineOptions>): Partial<MachineOptions>;
