/** An open file description (open(2)): where the next read or write of it begins. Copies of a descriptor share it. */
export interface Description {
    /** Number of the file in the recording; null: it is no file on storage. */
    readonly file: number | null;
    /** Bytes. */
    offset: number;
    readonly append: boolean;
    /** Descriptors of it that there are. */
    users: number;
}
/** The descriptors of all tasks that are traced. */
export declare class Descriptors {
    #private;
    /** `released` is told of each description whose last descriptor is closed. */
    constructor(released: (description: Description) => void);
    /** Tasks that were heard of and have not ended, by their pids. */
    get tasks(): ReadonlySet<number>;
    get(pid: number, fd: number): Description | undefined;
    open(pid: number, fd: number, description: Description, closeOnExec: boolean): void;
    /** dup(2). */
    copy(pid: number, from: number, to: number, closeOnExec: boolean): void;
    close(pid: number, first: number, last?: number): void;
    setCloseOnExec(pid: number, fd: number, closeOnExec: boolean): void;
    /** A call has begun that may make a task whose lines come before this call's end. */
    cloneBegun(pid: number): void;
    cloned(parent: number, child: number, shares: boolean): void;
    /** execve(2): the table is the task's alone, without what was to be closed. */
    executed(pid: number): void;
    exited(pid: number): void;
}
