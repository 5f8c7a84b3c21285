import type { MachineState } from './state.ts';
/** Of saved machines. 5 had no kernel's name, and what is the kernel's own among the rest; 6 kept all shadow entries; 7 directories; 8 knew no faults. */
export declare const FORMAT = 9;
/**
 * Saving and loading. A saved machine is the state without what was never used:
 * page frames beyond the highest that ever held a page, lists of cgroups that
 * never were, unused blocks of the lists and chunks of the page tables.
 */
export interface SavedMachine {
    readonly format: typeof FORMAT;
    /** By mapping: how long its directory is, which the chunks fill again. That of 6 TiB has 16 MiB, and hardly a chunk. */
    readonly directories: readonly number[];
    readonly state: MachineState;
}
/** A copy, independent of the machine. */
export declare function saveState(state: MachineState): SavedMachine;
/** Hands the state to `use` without a copy of it: it is not to be kept, nor to be changed. */
export declare function withSaved<T>(state: MachineState, use: (saved: SavedMachine) => T): T;
/** `saved` stays as it is, and may be loaded again. Throws a RangeError for what another version saved. */
export declare function loadState({ format, directories, state }: SavedMachine): MachineState;
