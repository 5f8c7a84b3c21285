import { type Result } from '../kernel/errno.ts';
import type { Operation } from './operation.ts';
import type { MachineState } from './state.ts';
/** Processes of the real world that have joined the machine. What they do is told, and never refused. */
type RealOperation = Extract<Operation, {
    pid: number;
}>;
export declare function performOnReal(state: MachineState, operation: RealOperation): Result<undefined> | null;
export {};
