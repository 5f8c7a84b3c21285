import { type MachineOptions } from '../machine/machine.ts';
/**
 * Which of memcg's own scripts (fixtures/) boots a machine of these options: each policy has its own, with
 * the same marks in its own knobs. Where nobody reclaims in the background there are no marks to set.
 */
export declare function bootScriptName(options: Partial<MachineOptions>): string;
