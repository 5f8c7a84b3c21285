import { type Bytes } from './units.ts';
/** The bytes of a written size, or null where the kernel answers EINVAL. */
export declare function parseWrittenSize(data: Uint8Array): Bytes | null;
/**
 * page_counter_memparse() of later kernels: white space goes at both ends, `max` stands for no limit, the
 * suffix goes up to E, and the result is rounded DOWN to a page. null: EINVAL.
 */
export declare function parsePageCounter(data: Uint8Array, max: string): Bytes | null;
/** kstrtoint(strstrip(), 0): a sign, then one number in the base of its prefix; or the errno of what is none. */
export declare function kstrtoint(data: Uint8Array): number | 'EINVAL' | 'ERANGE';
/** The same, for those to whom either is EINVAL: null. */
export declare function parseInteger(data: Uint8Array): number | null;
/** What a text says that is stripped at both ends. */
export declare const strippedText: (data: Uint8Array) => string;
