import type { FigureNames } from '../mm/figures.ts';
import type { Kernel } from '../mm/kernel.ts';
import { type Own } from './types.ts';
/** What a machine is bound to that runs 6.1: the same functions for all. */
export declare const KERNEL: Kernel;
export declare const FIGURE_NAMES: FigureNames;
/** What it keeps of a machine with so many CPUs and so much swap. */
export declare const newOwn: ({ cpus, swap }: {
    readonly cpus: number;
    readonly swap: number;
}) => Own;
