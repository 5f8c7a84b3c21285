import type { Command } from 'commander';

export type CommandGroup = 'watching' | 'session' | 'apart';

/** A command of this program that is no word of the script language. */
export interface CommandEntry {
  readonly name: string;
  readonly group: CommandGroup;
  /** One line, no full stop. */
  readonly summary: string;
  /** A command's file is read when the command is named, and not before. */
  readonly load: () => Promise<{ command(): Command }>;
}

export const COMMANDS: readonly CommandEntry[] = [
  {
    name: 'stat',
    group: 'watching',
    summary: 'a table of usage, marks, reclaim and stalls; live with -w',
    load: () => import('./commands/stat.ts'),
  },
  {
    name: 'events',
    group: 'watching',
    summary: 'what the reclaimers did; as it happens with -f',
    load: () => import('./commands/events.ts'),
  },
  {
    name: 'watch',
    group: 'watching',
    summary: 'wait until a condition holds, and say so',
    load: () => import('./commands/watch.ts'),
  },
  {
    name: 'up',
    group: 'session',
    summary: 'boot the machine, with options of your own',
    load: () => import('./commands/up.ts'),
  },
  {
    name: 'down',
    group: 'session',
    summary: 'end it',
    load: () => import('./commands/down.ts'),
  },
  {
    name: 'status',
    group: 'session',
    summary: 'whether it runs, since when, how fast',
    load: () => import('./commands/status.ts'),
  },
  {
    name: 'sessions',
    group: 'session',
    summary: 'list all sessions of yours',
    load: () => import('./commands/sessions.ts'),
  },
  {
    name: 'reset',
    group: 'session',
    summary: 'boot it again, and forget what was',
    load: () => import('./commands/reset.ts'),
  },
  {
    name: 'speed',
    group: 'session',
    summary: 'virtual seconds for each second on the wall, or max',
    load: () => import('./commands/speed.ts'),
  },
  {
    name: 'pause',
    group: 'session',
    summary: 'let virtual time stand still',
    load: () => import('./commands/pause.ts'),
  },
  {
    name: 'resume',
    group: 'session',
    summary: 'let it go on',
    load: () => import('./commands/resume.ts'),
  },
  {
    name: 'step',
    group: 'session',
    summary: 'let a little virtual time pass while it is paused',
    load: () => import('./commands/step.ts'),
  },
  {
    name: 'export',
    group: 'session',
    summary: 'print the session as a script that replay runs',
    load: () => import('./commands/export.ts'),
  },
  {
    name: 'save',
    group: 'session',
    summary: 'save the state of the machine to a file',
    load: () => import('./commands/save.ts'),
  },
  {
    name: 'load',
    group: 'session',
    summary: 'go on from a saved state',
    load: () => import('./commands/load.ts'),
  },
  {
    name: 'fork',
    group: 'session',
    summary: 'make a second session that goes on from now',
    load: () => import('./commands/fork.ts'),
  },
  {
    name: 'replay',
    group: 'apart',
    summary: 'run scripts at full speed and show what reclaim did',
    load: () => import('./replay.ts'),
  },
  {
    name: 'conform',
    group: 'apart',
    summary: "hold the emulator against a real kernel's recorded answers",
    load: () => import('./conform.ts'),
  },
  {
    name: 'help',
    group: 'apart',
    summary: 'explain a command or a control file',
    load: () => import('./commands/help.ts'),
  },
  {
    name: 'completion',
    group: 'apart',
    summary: 'print completions for bash, zsh or fish',
    load: () => import('./commands/completion.ts'),
  },
];
