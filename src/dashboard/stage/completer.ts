/** The names on the machine that one looks at. */
export interface MachineNames {
  /** Absolute paths. */
  cgroups(): readonly string[];
  /** Full names of the control files of a cgroup; null when it is not there. */
  files(cgroup: string): readonly string[] | null;
  tasks(): readonly string[];
}

/** Candidates for the last word of `line`; `group` is the default one. */
export type Completer = (line: string, group: string, names: MachineNames) => Promise<readonly string[]>;
