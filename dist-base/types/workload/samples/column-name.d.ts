/** What a column can be of: a figure that a replay has, or nothing that it could use. */
export type Figure = 'time' | 'anon' | 'rss' | 'working' | 'usage' | 'file' | 'read' | 'write';
/** What the name of a column says. */
export interface ColumnMeaning {
    /** null: no figure. */
    readonly figure: Figure | null;
    /** Bytes of one; null: nothing is said of it. */
    readonly unit: number | null;
    /** So much a second, not all since some beginning. */
    readonly rate: boolean;
    /** Operations where nothing else says that these are bytes. */
    readonly counts: boolean;
}
/** The bytes of `K`, `Mi`, `MiB`, `kb`, `bytes`, `pages`; null: no unit. */
export declare function unitBytes(text: string): number | null;
/** Reads `anon_kb`, `Read (MiB/s)`, `container_fs_reads_bytes_total`, `rate(x[5m])`, `rkB/s`. */
export declare function readColumnName(text: string): ColumnMeaning;
/** `{pod="web-0"}` and `[5m]` off. */
export declare const withoutLabels: (name: string) => string;
