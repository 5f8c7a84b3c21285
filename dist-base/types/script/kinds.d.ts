import type { Nanoseconds } from '../kernel/units.ts';
import { type Condition } from './condition.ts';
import { type Kind } from './signature.ts';
/** The kinds of arguments that commands have. */
export declare const CGROUP: Kind<string>;
export declare const FILE: Kind<import("./paths.ts").FileName>;
/** With `:KEY`. */
export declare const FILE_KEY: Kind<import("./paths.ts").FileName>;
export declare const TASK: Kind<string>;
export declare const SIZE: Kind<number>;
export declare const PAGES: Kind<import("../kernel/units.ts").Pages>;
export declare const TIME: Kind<Nanoseconds>;
export declare const RATE: Kind<number>;
export declare const PATTERN: Kind<import("../task/behaviour.ts").Pattern>;
export declare const MODE: Kind<number>;
export declare const OWNER: Kind<import("../machine/operation.ts").Owner>;
export declare const ERRNO: Kind<"E2BIG" | "EACCES" | "EAGAIN" | "EBADF" | "EBUSY" | "EEXIST" | "EFAULT" | "EFBIG" | "EINTR" | "EINVAL" | "EIO" | "EISDIR" | "ENAMETOOLONG" | "ENFILE" | "ENODEV" | "ENOENT" | "ENOMEM" | "ENOSPC" | "ENOTDIR" | "ENOTEMPTY" | "EOPNOTSUPP" | "EPERM" | "ERANGE" | "ESPIPE" | "ESRCH" | "EXDEV">;
export declare const TEXT: Kind<string>;
export declare const PATH: Kind<string>;
export declare const FORMAT: Kind<string>;
/** A file whose pages are cached: any name will do. */
export declare const DATA_FILE: Kind<string>;
/** Of a recording: what could not be seen is unknown. */
export declare const KNOWN: Kind<"known" | "unknown">;
export declare const whole: (least: number, most: number) => Kind<number>;
/** Either `all`, read as null, or what `kind` reads. */
export declare const orAll: <T>(kind: Kind<T>) => Kind<T | null>;
/** FILE OP VALUE, as three words or as one. */
export declare const CONDITION: Kind<Condition>;
export type Awaited = {
    readonly for: 'time';
    readonly time: Nanoseconds;
} | {
    readonly for: 'task';
    readonly task: string;
} | {
    readonly for: 'condition';
    readonly condition: Condition;
};
/** TIME, TASK or a condition. */
export declare const AWAITED: Kind<Awaited>;
