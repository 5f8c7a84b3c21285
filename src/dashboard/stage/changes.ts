import type { Command, CommandName } from '../../script/command.ts';
import { parseLine } from '../../script/vocabulary.ts';

/** Which commands do something to a machine; the others only tell of it, or can't be typed at all. */
const DOES: Readonly<Record<CommandName, boolean>> = {
  ...{ cat: false, get: false, ls: false, tree: false, ps: false, print: false, pause: false, expect: false },
  ...{ wait: false, machine: false, include: false },
  ...{ write: true, set: true, mkdir: true, rmdir: true, mv: true, chmod: true, chown: true, utimes: true },
  ...{ open: true, rewrite: true, close: true },
  ...{ spawn: true, run: true, start: true, stop: true, kill: true, attach: true, renice: true },
  ...{ adopt: true, proc: true, exec: true, exit: true },
  ...{ fault: true, faults: false, attempt: true },
  ...{ drop: true, sync: true, truncate: true, at: true, fails: true },
};

/** Whether this line of the language would make another machine of the one that it is typed into. */
export function changesSomething(line: string): boolean {
  const parsed = parseLine(line);
  return parsed.kind === 'command' && changes(parsed.command);
}

const changes = (command: Command): boolean =>
  command.name === 'fails' ? changes(command.command) : DOES[command.name];
