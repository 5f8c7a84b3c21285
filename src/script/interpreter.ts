import type { Command } from './command.ts';
import { expect, fails } from './commands/checks.ts';
import { attempt, fault, faults } from './commands/faults.ts';
import {
  chmod,
  chown,
  mkdir,
  mv,
  openOrClose,
  rewrite,
  rmdir,
  set,
  utimes,
  write,
} from './commands/files.ts';
import { cat, get, ls, tree } from './commands/listing.ts';
import { adopt, exec, exit, proc } from './commands/processes.ts';
import { attach, kill, ps, renice, spawn, start, stop } from './commands/tasks.ts';
import { at, outside, wait } from './commands/time.ts';
import { FINE, failure, type Outcome, type Soon, type World } from './world.ts';

export const THE_MACHINE_IS_UP = failure(
  'mistake',
  "'machine' is the first command of a script, or none: the machine is up by now",
);

/** Does what a command says. What concerns the script itself (`machine`, `include`) is walk.ts's. */
export function execute(command: Command, world: World): Soon<Outcome> {
  switch (command.name) {
    case 'write':
      return write(world, command);
    case 'rewrite':
      return rewrite(world, command);
    case 'open':
    case 'close':
      return openOrClose(world, command);
    case 'expect':
      return expect(world, command);
    case 'run':
    case 'start':
      return start(world, command);
    case 'wait':
      return wait(world, command);
    case 'at':
      return at(world, command);
    case 'set':
      return set(world, command);
    case 'mkdir':
      return mkdir(world, command);
    case 'rmdir':
      return rmdir(world, command);
    case 'mv':
      return mv(world, command);
    case 'chmod':
      return chmod(world, command);
    case 'chown':
      return chown(world, command);
    case 'utimes':
      return utimes(world, command);
    case 'cat':
      return cat(world, command);
    case 'get':
      return get(world, command);
    case 'ls':
      return ls(world, command);
    case 'tree':
      return tree(world, command);
    case 'spawn':
      return spawn(world, command);
    case 'kill':
      return kill(world, command);
    case 'attach':
      return attach(world, command);
    case 'renice':
      return renice(world, command);
    case 'stop':
      return stop(world, command);
    case 'proc':
      return proc(world, command);
    case 'adopt':
      return adopt(world, command);
    case 'exec':
      return exec(world, command);
    case 'exit':
      return exit(world, command);
    case 'ps':
      return ps(world);
    case 'drop':
    case 'sync':
    case 'truncate':
      return outside(world, command);
    case 'fault':
      return fault(world, command);
    case 'faults':
      return faults(world);
    case 'attempt':
      return attempt(world, command);
    case 'fails':
      return fails(world, command, execute);
    case 'print':
      world.print(`${command.text}\n`);
      return FINE;
    case 'pause':
      world.print(`${command.text}\n`);
      return world.pause?.() ?? FINE;
    case 'machine':
      return THE_MACHINE_IS_UP;
    case 'include':
      return failure('mistake', 'include: only a script can hold this');
  }
}
