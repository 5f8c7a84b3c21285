/** What tells one state of a file from another. */
export interface FileState {
    readonly size: bigint;
    readonly mtime: bigint;
}
/**
 * The bytes of the file, chunk by chunk; each holds until the next is asked for. Throws if the
 * file is no longer as `state` says.
 */
export declare function fileChunks(path: string, state: FileState, signal?: AbortSignal): AsyncGenerator<Buffer>;
export declare function fileState(path: string): Promise<FileState>;
/** No other file, and no other state of this one, has the same. */
export declare const stateId: (path: string, { size, mtime }: FileState) => string;
/** SHA-256 of the file's raw bytes in hex, read through once for each state of the file. */
export declare function fingerprint(path: string, state: FileState, signal?: AbortSignal): Promise<string>;
