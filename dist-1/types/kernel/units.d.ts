/**
 * The three units of the machine, kept apart by the compiler: a page count is
 * never taken for a byte count, nor either for a time. The brands exist at
 * compile time only.
 */
declare const unit: unique symbol;
/** Bytes as the files show them: u64, so bigint. */
export type Bytes = bigint & {
    readonly [unit]: 'bytes';
};
/** A number of pages of PAGE_SIZE bytes. */
export type Pages = number & {
    readonly [unit]: 'pages';
};
/** Virtual time or a duration, in nanoseconds. Exact up to 2^53 ns (104 days). */
export type Nanoseconds = number & {
    readonly [unit]: 'ns';
};
export declare const PAGE_SHIFT = 12;
export declare const PAGE_SIZE = 4096;
export declare const bytes: (n: bigint) => Bytes;
export declare const pages: (n: number) => Pages;
export declare const ns: (n: number) => Nanoseconds;
export declare const MICROSECOND: Nanoseconds;
export declare const MILLISECOND: Nanoseconds;
export declare const SECOND: Nanoseconds;
/**
 * 0, as V8 keeps fractions and great numbers. Fields that will hold times begin with it: one that
 * begins as a small whole number is laid out anew when it first holds more than 2^31 ns, and all
 * code that was compiled for the old layout is thrown away.
 */
export declare const TIME_0: Nanoseconds;
/** Bytes of so many pages. */
export declare const bytesOf: (count: Pages) => Bytes;
/** Pages as the language's SIZE, exact: `98304K`. */
export declare const kibibytes: (count: Pages) => string;
/** What a mark that was never set reads: LLONG_MAX, no multiple of a page, so it can't be written back (linux-2.6.26/README.md 3). */
export declare const LLONG_MAX: Bytes;
/** The same in pages: more than a machine can have. */
export declare const UNSET_PAGES: Pages;
export declare const isSet: (mark: Pages | null) => mark is Pages;
/** null: never set. */
export declare const setOrNull: (mark: Pages | null) => Pages | null;
/** Whole pages that hold so many bytes, rounded up. */
export declare const pagesOf: (size: number) => Pages;
export {};
