import { type Pages } from '../kernel/units.ts';
import { type Costs } from '../mm/costs.ts';
import { type KernelOptions } from './kernels.ts';
/** What a machine is made of; it does not change while it runs. */
export interface MachineOptions extends KernelOptions {
    readonly cpus: number;
    readonly memory: Pages;
    readonly swap: Pages;
    /** NUMA nodes; memory and tasks are spread over them. */
    readonly nodes: number;
    /** Of the machine's random numbers, uint32. */
    readonly seed: number;
    /** The files that this project adds. */
    readonly extras: boolean;
    /** Overrides of single costs, ns. */
    readonly costs: Partial<Costs>;
}
export declare const DEFAULT_OPTIONS: MachineOptions;
/** The rule that these options break, in one sentence; null when they are sound. */
export declare function optionMistake(options: MachineOptions): string | null;
