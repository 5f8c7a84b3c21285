/** Where the machine's file system stands among a program's paths. */
export type Place = 
/** A path of the machine's, from its root. */
{
    readonly where: 'inside';
    readonly path: string;
}
/** A directory on the way to the mount point; `holds` is the one name in it. */
 | {
    readonly where: 'above';
    readonly holds: string;
}
/** Nothing is there; `parent`: but the directory that would hold it is. */
 | {
    readonly where: 'nowhere';
    readonly parent: boolean;
};
export declare class MountPoint {
    #private;
    /** Absolute, without a slash at its end; '' is the root. */
    readonly path: string;
    /** Throws a RangeError unless `at` is absolute and has no . or .. in it. */
    constructor(at: string);
    /** The program's path of one of the machine's. */
    outside(path: string): string;
    /** The program's path without . and .. in it; a relative one goes out from the mount point. */
    absolute(path: string): string;
    /** A relative path goes out from the mount point. */
    find(path: string): Place;
}
