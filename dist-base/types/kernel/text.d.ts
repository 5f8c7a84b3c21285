/**
 * Control files and names hold bytes. Inside they are strings: a byte that is
 * not valid UTF-8 stands as a lone surrogate U+DC80..U+DCFF (surrogate escape),
 * so that every byte sequence survives the way in and out.
 */
/** The string that stands for these bytes. */
export declare function decodeText(data: Uint8Array): string;
/** The bytes that this string stands for. */
export declare function encodeText(text: string): Uint8Array;
/** Whether it has more bytes than that, as the kernel counts a name. */
export declare const isLongerThan: (text: string, bytes: number) => boolean;
