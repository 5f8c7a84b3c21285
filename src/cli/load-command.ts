import type { Command } from 'commander';
import type { CommandName } from './command-names.ts';

/** A command's file is read when the command is named, and not before. */
const LOAD: Readonly<Record<CommandName, () => Promise<Command>>> = {
  top: async () => (await import('./commands/top.ts')).top(),
  stat: async () => (await import('./commands/stat.ts')).stat(),
  events: async () => (await import('./commands/events.ts')).events(),
  watch: async () => (await import('./commands/watch.ts')).watch(),
  up: async () => (await import('./commands/up.ts')).up(),
  reset: async () => (await import('./commands/up.ts')).reset(),
  down: async () => (await import('./commands/sessions.ts')).down(),
  status: async () => (await import('./commands/sessions.ts')).status(),
  sessions: async () => (await import('./commands/sessions.ts')).sessions(),
  speed: async () => (await import('./commands/pace.ts')).speed(),
  pause: async () => (await import('./commands/pace.ts')).pause(),
  resume: async () => (await import('./commands/pace.ts')).resume(),
  step: async () => (await import('./commands/pace.ts')).step(),
  export: async () => (await import('./commands/states.ts')).exported(),
  save: async () => (await import('./commands/states.ts')).save(),
  load: async () => (await import('./commands/states.ts')).load(),
  fork: async () => (await import('./commands/states.ts')).fork(),
  mount: async () => (await import('./commands/mount.ts')).mount(),
  umount: async () => (await import('./commands/mount.ts')).umount(),
  shell: async () => (await import('./commands/shell.ts')).shell(),
  replay: async () => (await import('./commands/replay.ts')).replay(),
  tune: async () => (await import('./commands/tune.ts')).tune(),
  'tune-worker': async () => (await import('./commands/tune-worker.ts')).tuneWorker(),
  record: async () => (await import('./commands/record.ts')).record(),
  calibrate: async () => (await import('./commands/calibrate.ts')).calibrate(),
  verify: async () => (await import('./commands/verify.ts')).verify(),
  import: async () => (await import('./commands/import.ts')).imported(),
  explore: async () => (await import('./commands/explore.ts')).explore(),
  conform: async () => (await import('./commands/conform.ts')).conform(),
  help: async () => (await import('./commands/help.ts')).help(),
  completion: async () => (await import('./commands/completion.ts')).completion(),
};

/** The command with its arguments, options and help. */
export const loadCommand = (name: CommandName): Promise<Command> => LOAD[name]();
