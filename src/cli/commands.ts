export type CommandGroup = 'watching' | 'session' | 'mount' | 'apart';

/** A command of this program that is no word of the script language. */
export interface CommandEntry {
  readonly name: string;
  readonly group: CommandGroup;
  /** One line, no full stop. */
  readonly summary: string;
}

const TABLE = [
  {
    name: 'top',
    group: 'watching',
    summary: 'the dashboard: graph, tree, time travel and what-if',
  },
  {
    name: 'stat',
    group: 'watching',
    summary: 'a table of usage, marks, reclaim and stalls; live with -w',
  },
  {
    name: 'events',
    group: 'watching',
    summary: 'what the reclaimers did; as it happens with -f',
  },
  {
    name: 'watch',
    group: 'watching',
    summary: 'wait until a condition holds, and say so',
  },
  {
    name: 'up',
    group: 'session',
    summary: 'boot the machine, with options of your own',
  },
  {
    name: 'down',
    group: 'session',
    summary: 'end it',
  },
  {
    name: 'status',
    group: 'session',
    summary: 'whether it runs, since when, how fast',
  },
  {
    name: 'sessions',
    group: 'session',
    summary: 'list all sessions of yours',
  },
  {
    name: 'reset',
    group: 'session',
    summary: 'boot it again, and forget what was',
  },
  {
    name: 'speed',
    group: 'session',
    summary: 'virtual seconds for each second on the wall, or max',
  },
  {
    name: 'pause',
    group: 'session',
    summary: 'let virtual time stand still',
  },
  {
    name: 'resume',
    group: 'session',
    summary: 'let it go on',
  },
  {
    name: 'step',
    group: 'session',
    summary: 'let a little virtual time pass while it is paused',
  },
  {
    name: 'export',
    group: 'session',
    summary: 'print the session as a script that replay runs',
  },
  {
    name: 'save',
    group: 'session',
    summary: 'save the state of the machine to a file',
  },
  {
    name: 'load',
    group: 'session',
    summary: 'go on from a saved state',
  },
  {
    name: 'fork',
    group: 'session',
    summary: 'make a second session that goes on from now',
  },
  {
    name: 'mount',
    group: 'mount',
    summary: 'show the machine as a folder that any program can use',
  },
  {
    name: 'shell',
    group: 'mount',
    summary: 'run a shell or a command where the machine is /sys/fs/cgroup/memory',
  },
  {
    name: 'umount',
    group: 'mount',
    summary: 'take such a folder away',
  },
  {
    name: 'replay',
    group: 'apart',
    summary: 'run scripts at full speed and show what reclaim did',
  },
  {
    name: 'tune',
    group: 'apart',
    summary: 'find the watermarks that suit a workload',
  },
  {
    name: 'tune-worker',
    group: 'apart',
    summary: 'run a part of what tune --queue spreads over machines',
  },
  {
    name: 'record',
    group: 'apart',
    summary: 'record how a real program uses memory, as a script',
  },
  {
    name: 'import',
    group: 'apart',
    summary: 'make a script of a page trace or of samples in CSV',
  },
  {
    name: 'conform',
    group: 'apart',
    summary: "hold the emulator against a real kernel's recorded answers",
  },
  {
    name: 'help',
    group: 'apart',
    summary: 'explain a command or a control file',
  },
  {
    name: 'completion',
    group: 'apart',
    summary: 'print completions for bash, zsh or fish',
  },
] as const satisfies readonly CommandEntry[];

export type CommandName = (typeof TABLE)[number]['name'];
export const COMMANDS: readonly (CommandEntry & { readonly name: CommandName })[] = TABLE;
