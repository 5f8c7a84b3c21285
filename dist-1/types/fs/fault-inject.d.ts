import { type Errno, type Refusal } from '../kernel/errno.ts';
/** Faults on demand, as lib/fault-inject.c of Linux has them for slab and disk: here for control files. */
/** What counts: a write, and a read from the beginning of a text. */
export type Access = 'read' | 'write';
export interface Fault {
    /** Of the file, which need not be there yet. */
    readonly path: string;
    readonly errno: Errno;
    /** null: reads and writes. */
    readonly on: Access | null;
    /** So many succeed first. */
    after: number;
    /** So many are answered then; null: all. */
    times: number | null;
}
/** The fault that the next access of this kind is counted by: of several, the one that was set first. */
export declare const nextFault: (faults: readonly Fault[], path: string, access: Access) => Fault | null;
/** should_fail(): counts an access, and answers what it is to fail with; null: nothing. */
export declare function shouldFail(faults: Fault[], path: string, access: Access): Refusal | null;
