import type { Caught } from '../explore/findings.ts';
import type { Orders } from '../explore/orders/orders.ts';
import type { Timed } from '../explore/report/text.ts';
import type { Fault, TaskView } from '../machine/machine.ts';
import type { ReplayJson, ReplaysJson } from '../report/json.ts';
import type { ListedSession } from '../session/client.ts';
import type { TuneJson } from '../tune/report/json.ts';
import type { CalibrateJson } from './commands/calibrate.ts';
import type { ConformJson } from './commands/conform.ts';
import type { GetJson } from './commands/get-json.ts';
import type { StatusJson } from './commands/sessions.ts';
import type { VerifyJson } from './commands/verify.ts';
import type { VersionJson } from './commands/version-json.ts';
import type { EventJson } from './output/event-json.ts';
import type { StatJson } from './tables/stat-table.ts';
import type { TopJson } from './tables/top-table.ts';

/**
 * What is printed with `--json`, by the name of the command: `dist/schema` is made of this (.build/schema.ts). Times
 * are virtual unless they are said to be real; what is a number of bytes, of pages or of ns has a name that says so,
 * or the kernel's own.
 */
export interface JsonOutputs {
  /** What was measured, ns a page, and the machine's costs that come to that */
  calibrate: CalibrateJson;
  /** How many recorded answers of the real kernel agree, and which do not */
  conform: ConformJson;
  /** A trace event; one a line, of `replay --events` too */
  events: EventJson;
  /** What was found in each scenario; with --mutants, by what each is caught; with --script, what holds in which orders */
  explore: Timed[] | Caught[] | Orders;
  /** What reads and writes are to be answered with */
  faults: Fault[];
  /** The control files of each cgroup, by its path */
  get: GetJson;
  /** The tasks that live */
  ps: TaskView[];
  /** What a script has come to; of several, or under several policies, all that they have */
  replay: ReplayJson | ReplaysJson;
  /** All sessions, also those that do not run */
  sessions: ListedSession[];
  /** The cgroups, their figures and what reclaim did; with -w one object a line */
  stat: StatJson;
  /** Whether the session runs, since when and how fast */
  status: StatusJson;
  /** The same as stat, with health and rates; one object a line */
  top: TopJson;
  /** The same as stat, of a cgroup and those below it */
  tree: StatJson;
  /** The watermarks that suit a workload, and all that were tried */
  tune: TuneJson;
  /** What was predicted beside what came of it on a real kernel */
  verify: VerifyJson;
  /** The version, the kernels, and the recordings that each is held to */
  version: VersionJson;
}
