/** Texts of control files as people read them, and rows as lines. */
/** A control file's text with its sizes in bytes made human. `key`: the line that was picked. */
export declare function humanText(file: string, key: string | null, text: string): string;
/** What a file, or a line of one, holds in words; empty where that would say nothing more. */
export declare function humanValue(name: string, value: string): string;
/** Rows as lines, columns aligned; `right` are the columns of numbers. */
export declare function columns(rows: readonly (readonly string[])[], right: ReadonlySet<number>): string;
