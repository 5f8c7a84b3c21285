import type { Cgroupfs } from '../fs/types.ts';
import { type Result } from '../kernel/errno.ts';
import type { Operation } from './operation.ts';
type FaultOperation = Extract<Operation, {
    op: 'fault' | 'clear-faults' | 'attempt';
}>;
export declare function performOnFaults(fs: Cgroupfs, operation: FaultOperation): Result<undefined>;
export {};
