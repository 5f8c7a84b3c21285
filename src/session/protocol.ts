import type { TraceEvent } from '../kernel/trace.ts';
import type { Nanoseconds } from '../kernel/units.ts';
import type { CgroupUsage, Fault, KernelVersion, ReclaimStat, TaskView } from '../machine/machine.ts';
import type { ErrorKind } from '../script/result.ts';

/**
 * What client and server say to each other: JSON-RPC 2.0, each message behind a
 * `Content-Length: N` header as in the Language Server Protocol. `hello` goes first;
 * `hello`, `status` and `down` stay as they are in all versions.
 */

/** Raised when something that was there is no longer, or means something else. */
export const PROTOCOL = 1;
/** No client may send more than this at once, bytes. */
export const MAX_REQUEST = 8 << 20;

export interface Methods {
  /** `version`: of the package. */
  hello: Call<{ protocol: number; version: string }, Hello>;
  status: Call<Nothing, Status>;
  down: Call<Nothing, null>;
  execute: Call<ExecuteParams, Executed>;
  watch: Call<WatchParams, Watched>;
  inspect: Call<Nothing, Inspected>;
  follow: Call<FollowParams, Followed>;
  /** `cgroup`: absolute; null: there is no such one. */
  list: Call<{ cgroup: string }, readonly { readonly name: string; readonly directory: boolean }[] | null>;
  /** Since the server is up: the last of them, and how many earlier ones are not kept. */
  events: Call<Nothing, { readonly events: readonly TraceEvent[]; readonly omitted: number }>;
  subscribe: Call<Nothing, null>;
  speed: Call<{ speed: Speed }, Clock>;
  pause: Call<Nothing, Clock>;
  resume: Call<Nothing, Clock>;
  /** null: to the machine's next event, and through it. */
  step: Call<{ time: Nanoseconds | null }, Clock>;
  export: Call<ExportParams, Exported>;
  /** `path`: absolute. */
  save: Call<{ path: string }, null>;
  load: Call<{ path: string }, null>;
  fork: Call<{ name: string }, null>;
  reset: Call<ResetParams, null>;
  mount: Call<MountParams, null>;
  /** `socket`: absolute; it is gone after one connection. */
  relay: Call<RelayParams, { readonly socket: string }>;
}

interface Call<P, R> {
  readonly params: Readonly<P>;
  readonly result: R;
}
type Nothing = Record<string, never>;

export type Method = keyof Methods;
export type ParamsOf<M extends Method> = Methods[M]['params'];
export type ResultOf<M extends Method> = Methods[M]['result'];

/** Without an answer: from the client `interrupt`, from the server the others. */
export interface Notifications {
  /** ^C: ends what this client waits for; a behaviour that it runs is stopped. */
  interrupt: Nothing;
  /** A trace event, to those who subscribed. */
  event: { readonly event: TraceEvent };
  /** The client was too slow: so many events were left out here. */
  lost: { readonly events: number };
}

export interface Hello {
  readonly protocol: number;
  readonly version: string;
  readonly pid: number;
  readonly session: string;
  /** For stderr: what happened to the session that its user has to know. Said to one client only. */
  readonly notices: readonly string[];
}

export type Speed = number | 'max';

/** Where virtual time is. */
export interface Clock {
  readonly virtual_ns: Nanoseconds;
  readonly speed: Speed;
  readonly paused: boolean;
}

export interface Status extends Clock {
  readonly session: string;
  readonly running: true;
  readonly pid: number;
  readonly version: string;
  readonly uptime_ms: number;
  /** Commands in the journal. */
  readonly commands: number;
  readonly clients: number;
  readonly rss_bytes: number;
  /** The folder of its journal and save states. */
  readonly folder: string;
  /** Answers wait for the disk (no --no-sync). */
  readonly sync: boolean;
  /** What is wrong with the journal, in words; null: nothing. */
  readonly damage: string | null;
}

export interface ExecuteParams {
  /** A line of the language; argv goes through `quote` of script/words.ts. */
  readonly line: string;
  /** The default group, absolute. */
  readonly group: string;
  /** Absolute: paths of traces and scripts are relative to it. */
  readonly directory: string;
  /** Standard input for `write FILE -`, or the script that `include` takes from a pipe, base64; null: there is none. */
  readonly input: string | null;
}

export interface Executed {
  /** What it prints; lone surrogates stand for bytes (kernel/text.ts). */
  readonly output: string;
  /** Of `expect` and `fails`. */
  readonly checks: readonly { readonly passed: boolean; readonly text: string; readonly found: string }[];
  readonly failure: ExecuteFailure | null;
  readonly virtual_ns: Nanoseconds;
}

export interface ExecuteFailure {
  readonly kind: ErrorKind;
  /** One line without full stop. */
  readonly message: string;
  /** Which rule was broken and what to do; may be empty. */
  readonly why: string;
  readonly errno: string | null;
  /** In `line`, from 1; 0 when no column is to blame. */
  readonly column: number;
}

export interface WatchParams {
  /** `FILE OP VALUE`, as words or as one. */
  readonly condition: readonly string[];
  readonly group: string;
  /** Virtual, ns; null: for ever. */
  readonly timeout: Nanoseconds | null;
}

export interface Watched {
  /** false: the timeout came first. */
  readonly met: boolean;
  /** What the file holds now. */
  readonly value: string;
  readonly failure: ExecuteFailure | null;
  readonly virtual_ns: Nanoseconds;
}

export interface Inspected extends Clock {
  readonly kernel: KernelVersion;
  /** In order of creation, `/` first. */
  readonly cgroups: readonly {
    readonly path: string;
    readonly usage: CgroupUsage;
    readonly stat: ReclaimStat;
    /** Charges that met the limit. */
    readonly failcnt: number;
  }[];
  readonly tasks: readonly TaskView[];
  readonly faults: readonly Fault[];
}

/** For whom keeps a machine of its own in step with this one, by its save states and its journal. */
export interface FollowParams {
  /** `change` as it was answered last: the answer comes when there was another, or the patience is over. */
  readonly after: number | null;
  /** Wall time, ms; 0: answers at once. */
  readonly patience: number;
}

export interface Followed extends Clock {
  /** Another one when another machine has taken the place: after a reset, a load, or another server. */
  readonly machine: string;
  /** Rises with all that is done to the machine or to the clock. */
  readonly change: number;
  /** Bytes of the journal that can be read, and in which all is that was done up to `virtual_ns`. */
  readonly position: number;
}

export interface ExportParams {
  /** Commands from this virtual time on. */
  readonly since: Nanoseconds;
  /** 0, then `next` of the part before. */
  readonly from: number;
}

export interface Exported {
  readonly text: string;
  /** null: this was the last part. */
  readonly next: number | null;
}

/** How a machine is booted. */
export interface ResetParams {
  /** A boot script, absolute; null: none (`--bare`). Left out: memcg's own. */
  readonly boot?: string | null;
  /** `key=value` as after `machine`. */
  readonly machine?: readonly string[];
}

/** Its end is whoever unmounts it: umount(8), or the server's end. */
export interface MountParams {
  /** Absolute, without links; it has been seen that it can be mounted on. */
  readonly directory: string;
  /** Other users may use it too, as the files' permissions say. */
  readonly allowOther: boolean;
  /** Of mounts, the client's: as /proc/self/ns/mnt names it. */
  readonly namespace: string;
}

/** A device that the client has mounted is served over a socket that waits for it: whose mount it is. */
export interface RelayParams {
  readonly uid: number;
  readonly gid: number;
}

/** Codes of JSON-RPC errors: what is wrong is said in the message. */
export const ErrorCode = {
  /** The standard's own. */
  noMessage: -32700,
  noMethod: -32601,
  wrongParams: -32602,
  /** No answer came: the connection is gone. */
  lost: -32000,
  /** Wrong usage: exit 2. */
  usage: 2,
  /** The world failed: exit 3. */
  world: 3,
  /** Client and server don't understand each other. */
  version: 4,
  /** Interrupted: exit 130. */
  interrupted: 130,
} as const;
