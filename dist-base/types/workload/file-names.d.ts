/** Numbers the file names of a trace in the order of first appearance. */
export declare class FileNames {
    #private;
    readonly names: string[];
    /** The number of the file with this name, or -1 if there are too many. */
    numberOf(source: Buffer, start: number, end: number): number;
}
