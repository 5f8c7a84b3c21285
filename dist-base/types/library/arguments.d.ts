/** What callers hand over, checked and brought into one form, with Node's errors for what it is not. */
/** A path as it is shown in errors. */
export declare function pathOf(value: unknown, name?: string): string;
export declare function fdOf(value: unknown): number;
export type Options = Readonly<Record<string, unknown>>;
/** A string is an encoding. */
export declare function optionsOf(value: unknown): Options;
/** null stands for bytes. */
export declare function encodingOf(value: unknown): BufferEncoding | 'buffer' | null;
/** Bytes to be written. */
export declare function bytesOf(value: unknown, encoding: unknown, name: string): Uint8Array;
/** The memory that a view is of. */
export declare const viewOf: (value: unknown) => Uint8Array | null;
/** The memory of several views. */
export declare function viewsOf(value: unknown): readonly Uint8Array[];
/** An octal string or a number. */
export declare function modeOf(value: unknown, otherwise: number): number;
/** Seconds, or a Date, as ns since boot. */
export declare function timeOf(value: unknown): number;
/** null: where the file's offset is. */
export declare function positionOf(value: unknown): number | null;
export interface Span {
    readonly bytes: Uint8Array;
    readonly position: number | null;
}
/** (buffer, offset, length, position), or (buffer, { offset, length, position }): the bytes meant. */
export declare function spanOf(buffer: unknown, ...rest: readonly unknown[]): Span;
