import type { FieldCutter } from './csv-fields.ts';
import type { Access } from './opcode.ts';
import { type CsvFormat, type Role, type TimeUnit } from './trace-format.ts';
/** Where the header has the columns that matter, from 0 on; -1: nowhere. */
export interface CsvColumns extends Readonly<Record<Role, number>> {
    /** Bytes that one step of offset stands for. */
    readonly unit: number;
    /** The fields of a line that have to be there. */
    readonly needed: number;
    /** Bytes that one step of size stands for. */
    readonly sizeunit: number;
    readonly timeunit: TimeUnit;
    readonly words: ReadonlyMap<string, Access> | null;
    /** Only lines that have this there. */
    readonly only: {
        readonly at: number;
        readonly value: string;
    } | null;
    /** Times may go backwards. */
    readonly sort: boolean;
    /** The header's names of them. */
    readonly names: Readonly<Record<Role, string>>;
}
/** The header's names. */
export declare const headerNames: (fields: FieldCutter) => string[];
/** Whether a header of these names can be that of a trace. */
export declare const looksLikeTrace: (names: readonly string[]) => boolean;
/** Finds the columns by their header, or says which one is missing. */
export declare function resolveColumns(names: readonly string[], format: CsvFormat): CsvColumns | string;
/** The whole format of a trace with these columns, with nothing left to be found by default. */
export declare function resolvedFormat(columns: CsvColumns, format: CsvFormat): CsvFormat;
