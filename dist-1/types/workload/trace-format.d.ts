import { type PublishedFormat } from './formats.ts';
import type { Access } from './opcode.ts';
/**
 * What a trace's bytes mean, as people write it after --format:
 * `csv`, `csv:time=ts,offset=lba,unit=512,timeunit=us`, `oracleGeneral`,
 * `oracleGeneral:unit=4096`, `oracleGeneral:objects`.
 */
/** In ns. `ticks`: those of FILETIME (Windows, since 1601). */
export declare const TIME_UNITS: {
    readonly s: 1000000000;
    readonly ms: 1000000;
    readonly us: 1000;
    readonly ns: 1;
    readonly ticks: 100;
};
export type TimeUnit = keyof typeof TIME_UNITS;
/** null: found by its default name in the header, see `DEFAULT_COLUMNS`. */
export interface CsvFormat {
    readonly kind: 'csv';
    /** The published format that it is (formats.ts). */
    readonly published: PublishedFormat | null;
    readonly time: string | null;
    readonly op: string | null;
    readonly size: string | null;
    readonly offset: string | null;
    readonly file: string | null;
    /** Bytes that one step of offset stands for; null: as the column's name says, 512 for `lbn` and `lba`, or 1. */
    readonly unit: number | null;
    /** null: as the column's name says, or seconds. */
    readonly timeunit: TimeUnit | null;
    /** Bytes that one step of size stands for; null: as the column's name says, or 1. */
    readonly sizeunit: number | null;
    /** What words of the op column mean beside those that are known; null: nothing. */
    readonly words: ReadonlyMap<string, Access> | null;
    /** Only lines that have this in this column; null: all. */
    readonly only: {
        readonly column: string;
        readonly value: string;
    } | null;
    /** Times may go backwards: records are put in order, in memory. */
    readonly sort: boolean;
}
export interface OracleGeneralFormat {
    readonly kind: 'oracleGeneral';
    /** true: ids name objects, each laid out in pages of its own; false: ids are block numbers. */
    readonly objects: boolean;
    /** Bytes of a block; of no meaning for objects. */
    readonly unit: number;
}
export type TraceFormat = CsvFormat | OracleGeneralFormat;
export type Role = 'time' | 'op' | 'size' | 'offset' | 'file';
export declare const ROLES: readonly Role[];
export declare const DEFAULT_COLUMNS: Readonly<Record<Role, readonly string[]>>;
/** What others call them. */
export declare const OTHER_COLUMNS: Readonly<Record<Role, readonly string[]>>;
export declare const FORMATS: string;
export declare const SECTOR = 512;
export type ParsedFormat = {
    readonly ok: true;
    readonly value: TraceFormat;
}
/** `column`: where in the text, from 1 on. */
 | {
    readonly ok: false;
    readonly column: number;
    readonly why: string;
};
/** Reads what stands after --format. A mistake is a value, so that a script can say where it is. */
export declare function parseTraceFormat(text: string): ParsedFormat;
/** The text that `parseTraceFormat` reads as this format. */
export declare function traceFormatText(format: TraceFormat): string;
