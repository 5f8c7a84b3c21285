import type { Rewrite } from './line-decoder.ts';
/** A format of page traces that others publish. */
export interface PublishedFormat {
    readonly name: string;
    /** What it means, as a format of CSV: columns by number, units, words. */
    readonly csv: string;
    /** In words, for `memcg import --formats`. */
    readonly units: string;
    /** Whether it has a header, and what of. */
    readonly header: string;
    /** The column that names a volume, from 1; null: it has one. */
    readonly volume: number | null;
    /** Where it is described. */
    readonly source: string;
    /** Whether a file whose first line this is, with these fields, is one; null: it has to be named. */
    readonly detect: ((fields: readonly string[], line: string) => boolean) | null;
    /** Makes each line one of CSV, or several; null: it is CSV. */
    readonly rewrite: (() => Rewrite) | null;
    /** Why it may have no record, where that has a reason of its own. */
    readonly whyEmpty?: string;
}
export declare const PUBLISHED: readonly PublishedFormat[];
/** That of a file whose first line this is, with these fields. */
export declare const detectedFormat: (fields: readonly string[], line: string) => PublishedFormat | undefined;
export declare const publishedFormat: (name: string) => PublishedFormat | undefined;
