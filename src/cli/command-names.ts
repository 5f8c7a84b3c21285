/** The commands of this program that are no words of the script language, by heading, and what each is for. */
export const COMMAND_GROUPS = {
  'What happens': {
    top: 'the dashboard: graph, tree, time travel and what-if',
    stat: 'a table of usage, marks, reclaim and stalls; live with -w',
    events: 'what the reclaimers did; as it happens with -f',
    watch: 'wait until a condition holds, and say so',
  },
  'The machine that runs': {
    up: 'boot the machine, with options of your own',
    down: 'end it',
    status: 'whether it runs, since when, how fast',
    sessions: 'list all sessions of yours',
    reset: 'boot it again, and forget what was',
    speed: 'virtual seconds for each second on the wall, or max',
    pause: 'let virtual time stand still',
    resume: 'let it go on',
    step: 'let a little virtual time pass while it is paused',
    export: 'print the session as a script that replay runs',
    save: 'save the state of the machine to a file',
    load: 'go on from a saved state',
    fork: 'make a second session that goes on from now',
  },
  'For other programs': {
    mount: 'show the machine as a folder that any program can use',
    shell: 'run a shell or a command where the machine is /sys/fs/cgroup/memory',
    umount: 'take such a folder away',
  },
  'Without a running machine': {
    replay: 'run scripts at full speed and show what reclaim did',
    verify: 'run a script on a real Linux 6.1, beside what was predicted',
    tune: 'find the watermarks that suit a workload',
    'tune-worker': 'run a part of what tune --queue spreads over machines',
    record: 'record how a real program uses memory, as a script',
    calibrate: "measure what this machine's memory and storage cost",
    import: 'make a script of a page trace or of samples in CSV',
    explore: 'run the patch in every order that can be, and show what breaks',
    conform: "hold the emulator against a real kernel's recorded answers",
    help: 'explain a command or a control file',
    completion: 'print completions for bash, zsh or fish',
  },
} as const;

type Groups = typeof COMMAND_GROUPS;
type NameIn<G> = G extends unknown ? keyof G : never;
export type CommandName = NameIn<Groups[keyof Groups]>;

export const COMMAND_NAMES = Object.values(COMMAND_GROUPS).flatMap(
  (group) => Object.keys(group) as CommandName[],
);
export const isCommandName = (word: string | undefined): word is CommandName =>
  (COMMAND_NAMES as readonly (string | undefined)[]).includes(word);
