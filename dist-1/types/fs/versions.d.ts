/** What says in version 2 of cgroups what a file of version 1 says, for who has a script for the other. */
/** Of a name that a cgroup does not have: which file is there for it, in a clause; '' when there is none. */
export declare function insteadOf(name: string, here: 1 | 2, isThere: (name: string) => boolean): string;
