import type { Command } from '../script/command.ts';
import { fullName } from '../script/paths.ts';
import { KNOBS } from './point-marks.ts';

/** What a line says that sets a mark of the group itself, which tune is to find: the file's name; else null. */
export function ownMark(command: Command, group: string): string | null {
  switch (command.name) {
    case 'fails':
      return ownMark(command.command, group);
    case 'write':
      return (command.file.cgroup ?? group) === group ? knob(command.file.name) : null;
    case 'set':
      if (command.weak || command.cgroup !== group) return null;
      return command.values.map(({ name }) => knob(name)).find((name) => name !== null) ?? null;
    default:
      return null;
  }
}

const knob = (name: string): string | null => {
  const full = fullName(name);
  return KNOBS.has(full) ? full : null;
};
