import { type Resident, type Status } from '../mm/types.ts';
import type { Mm, OpenFile, Task } from './types.ts';
/** A touch of anonymous memory that is not resident. */
export declare function anonymousFault(mm: Mm, task: Task, slot: number): Status;
/** A new page that a process has mapped, in an empty slot, after tryCharge() said DONE. */
export declare function addResident(mm: Mm, task: Task, slot: number, kind: keyof Resident): void;
/** A touch of a mapped file's page `file.index`: brings it in and maps it. */
export declare function fileFault(mm: Mm, task: Task, file: OpenFile): Status;
