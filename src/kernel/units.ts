/**
 * The three units of the machine, kept apart by the compiler: a page count is
 * never taken for a byte count, nor either for a time. The brands exist at
 * compile time only.
 */

declare const unit: unique symbol;

/** Bytes as the files show them: u64, so bigint. */
export type Bytes = bigint & { readonly [unit]: 'bytes' };
/** A number of pages of PAGE_SIZE bytes. */
export type Pages = number & { readonly [unit]: 'pages' };
/** Virtual time or a duration, in nanoseconds. Exact up to 2^53 ns (104 days). */
export type Nanoseconds = number & { readonly [unit]: 'ns' };

export const PAGE_SHIFT = 12;
export const PAGE_SIZE = 4096;

export const bytes = (n: bigint): Bytes => n as Bytes;
export const pages = (n: number): Pages => n as Pages;
export const ns = (n: number): Nanoseconds => n as Nanoseconds;

export const MICROSECOND = ns(1_000);
export const MILLISECOND = ns(1_000_000);
export const SECOND = ns(1_000_000_000);

/**
 * 0, as V8 keeps fractions and great numbers. Fields that will hold times begin with it: one that
 * begins as a small whole number is laid out anew when it first holds more than 2^31 ns, and all
 * code that was compiled for the old layout is thrown away.
 */
export const TIME_0 = ns(new Float64Array(1)[0]);

/** Bytes of so many pages. */
export const bytesOf = (count: Pages): Bytes => bytes(BigInt(count) * BigInt(PAGE_SIZE));
/** Pages as the language's SIZE, exact: `98304K`. */
export const kibibytes = (count: Pages): string => `${count * (PAGE_SIZE / 1024)}K`;
/** What a mark that was never set reads: LLONG_MAX, no multiple of a page, so it can't be written back (linux-2.6.26/README.md 3). */
export const LLONG_MAX = bytes(9223372036854775807n);
/** The same in pages: more than a machine can have. */
export const UNSET_PAGES = pages(2 ** 30);
export const isSet = (mark: Pages | null): mark is Pages => mark !== null && mark < UNSET_PAGES;
/** null: never set. */
export const setOrNull = (mark: Pages | null): Pages | null => (isSet(mark) ? mark : null);

/** Whole pages that hold so many bytes, rounded up. */
export const pagesOf = (size: number): Pages => pages(Math.ceil(size / PAGE_SIZE));
