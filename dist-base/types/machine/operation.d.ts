import type { Access, Fault } from '../fs/fault-inject.ts';
import type { Result } from '../kernel/errno.ts';
import type { Nanoseconds, Pages } from '../kernel/units.ts';
import type { CgroupUsage } from '../mm/figures.ts';
import type { Resident } from '../mm/types.ts';
import type { Behaviour } from '../task/behaviour.ts';
/**
 * Everything that can change a machine is an operation: plain data. The task
 * `sh` carries it out, in the root group.
 */
export type Operation = 
/** write(2) to a control file by its absolute path. */
{
    readonly op: 'write';
    readonly path: string;
    readonly data: Uint8Array;
}
/** `mode` without a umask, and whose it is; left out: 0755, and uid 0's. */
 | {
    readonly op: 'mkdir';
    readonly path: string;
    readonly mode?: number;
    readonly owner?: Owner;
}
/** Metadata of a cgroup or a control file. */
 | {
    readonly op: 'chmod';
    readonly path: string;
    readonly mode: number;
} | ({
    readonly op: 'chown';
    readonly path: string;
} & Owner)
/** Times in ns since boot. */
 | {
    readonly op: 'utimes';
    readonly path: string;
    readonly atime: number;
    readonly mtime: number;
} | {
    readonly op: 'rmdir';
    readonly path: string;
} | {
    readonly op: 'rename';
    readonly from: string;
    readonly to: string;
}
/** `rereads`: nobody knows which pages the program that it stands for reads again; left out: it is what is told. */
 | {
    readonly op: 'spawn';
    readonly task: string;
    readonly cgroup: string;
    readonly node?: number;
    readonly rereads?: 'unknown';
}
/** KILL is over when the task is gone; `wait: false` is over at once. */
 | {
    readonly op: 'kill';
    readonly task: string;
    readonly signal: 'KILL' | 'STOP' | 'CONT';
    readonly wait?: boolean;
} | {
    readonly op: 'attach';
    readonly task: string;
    readonly cgroup: string;
} | {
    readonly op: 'renice';
    readonly task: string;
    readonly nice: number;
}
/** Answers at once; the behaviour goes on in the background. */
 | {
    readonly op: 'start';
    readonly task: string;
    readonly behaviour: Behaviour;
}
/** Over when the behaviour is: EINTR when it was stopped, ESRCH when the task was killed. */
 | {
    readonly op: 'run';
    readonly task: string;
    readonly behaviour: Behaviour;
}
/** Ends the task's behaviour and keeps the task; `wait: false` only asks it to. */
 | {
    readonly op: 'stop';
    readonly task: string;
    readonly wait?: boolean;
}
/** Over when the task does nothing any more, or is gone. */
 | {
    readonly op: 'wait-task';
    readonly task: string;
}
/**
 * A process of the real world joins a cgroup, or moves there. What it holds at that time
 * (`base`, pages; that of its `parent` where the parent has joined) was charged elsewhere.
 */
 | {
    readonly op: 'adopt';
    readonly pid: number;
    readonly cgroup: string;
    readonly name?: string;
    readonly start?: number;
    readonly parent?: number;
    readonly base?: Partial<Resident>;
}
/** What it was seen to hold, pages; over when all that is new is charged, or was refused. */
 | {
    readonly op: 'proc';
    readonly pid: number;
    readonly seen: Partial<Resident>;
    readonly wait?: boolean;
}
/** It runs another program: its memory was given back, and what it holds from now on is new. */
 | {
    readonly op: 'exec';
    readonly pid: number;
    readonly name?: string;
}
/** It is gone. */
 | {
    readonly op: 'exit';
    readonly pid: number;
}
/** The next accesses of a control file are to answer an errno. */
 | ({
    readonly op: 'fault';
} & Readonly<Fault>)
/** Takes the faults off a file, or off all (null). */
 | {
    readonly op: 'clear-faults';
    readonly path: string | null;
}
/** An access that is carried out without the machine's own calls is counted, and meets what faults there are. */
 | {
    readonly op: 'attempt';
    readonly path: string;
    readonly access: Access;
}
/** Until this virtual time since boot. */
 | {
    readonly op: 'sleep';
    readonly until: Nanoseconds;
}
/** As sleep, but nobody sleeps: the machine is as if nothing had been asked of it. */
 | {
    readonly op: 'let-pass';
    readonly until: Nanoseconds;
}
/** Until `test` holds of the machine that it is performed on, asked after every event; EAGAIN at `until`. */
 | {
    readonly op: 'wait-until';
    readonly test: (machine: Watched) => boolean;
    readonly until: Nanoseconds | null;
}
/** drop_caches for one file, or for all (null). */
 | {
    readonly op: 'drop';
    readonly file: string | null;
} | {
    readonly op: 'sync';
} | {
    readonly op: 'truncate';
    readonly file: string;
    readonly pages: Pages;
};
export interface Owner {
    readonly uid: number;
    readonly gid: number;
}
/** What may be looked at of a machine to know whether something holds. */
export interface Watched {
    readonly now: Nanoseconds;
    read(path: string): Result<string>;
    list(path: string): Result<{
        name: string;
        directory: boolean;
    }[]>;
    cgroups(): string[];
    usage(path: string): CgroupUsage;
}
/** Why Machine.run() came back. */
export type Stop = 
/** The operation in hand is over. */
{
    readonly why: 'done';
    readonly result: Result<undefined>;
}
/** Virtual time has reached the bound. */
 | {
    readonly why: 'time';
}
/** feed() the records of that source from that one on, then run again. */
 | {
    readonly why: 'needs';
    readonly source: string;
    readonly record: number;
    readonly task: string;
}
/** What was watched for holds. */
 | {
    readonly why: 'watched';
}
/** Nothing will ever happen again. */
 | {
    readonly why: 'idle';
};
