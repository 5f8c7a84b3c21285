/**
 * The order in which several marks of a cgroup can be written. The kernel keeps
 * low <= high <= limit after every write (res_counter.c of the series), so what
 * makes room comes first: low down and limit up, then high, then the others. Each
 * file's card knows its turn.
 */
export interface Write {
    /** Full name of the file. */
    readonly name: string;
    readonly value: string;
}
/**
 * The same writes, the marks first and so that no write is refused if the marks
 * agree with each other in the end. `current`: bytes that a mark has now, null when it can't be read.
 */
export declare function inAllowedOrder<W extends Write>(writes: readonly W[], current: (name: string) => bigint | null): W[];
