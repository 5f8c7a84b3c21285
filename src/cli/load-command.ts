import type { Command } from 'commander';
import type { CommandName } from './commands.ts';

/** A command's file is read when the command is named, and not before. */
const FILES: Readonly<Record<CommandName, () => Promise<{ command(): Command }>>> = {
  top: () => import('./commands/top.ts'),
  stat: () => import('./commands/stat.ts'),
  events: () => import('./commands/events.ts'),
  watch: () => import('./commands/watch.ts'),
  up: () => import('./commands/up.ts'),
  down: () => import('./commands/down.ts'),
  status: () => import('./commands/status.ts'),
  sessions: () => import('./commands/sessions.ts'),
  reset: () => import('./commands/reset.ts'),
  speed: () => import('./commands/speed.ts'),
  pause: () => import('./commands/pause.ts'),
  resume: () => import('./commands/resume.ts'),
  step: () => import('./commands/step.ts'),
  export: () => import('./commands/export.ts'),
  save: () => import('./commands/save.ts'),
  load: () => import('./commands/load.ts'),
  fork: () => import('./commands/fork.ts'),
  mount: () => import('./commands/mount.ts'),
  shell: () => import('./commands/shell.ts'),
  umount: () => import('./commands/umount.ts'),
  replay: () => import('./commands/replay.ts'),
  'tune-worker': () => import('./commands/tune-worker.ts'),
  tune: () => import('./commands/tune.ts'),
  record: () => import('./commands/record.ts'),
  import: () => import('./commands/import.ts'),
  conform: () => import('./commands/conform.ts'),
  help: () => import('./commands/help.ts'),
  completion: () => import('./commands/completion.ts'),
};

/** The command with its arguments, options and help. */
export const loadCommand = async (name: CommandName): Promise<Command> => (await FILES[name]()).command();
