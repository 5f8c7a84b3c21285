import type { FaultCommand } from '../command.ts';
import { controlFile } from '../control-file.ts';
import { columns } from '../human.ts';
import { shown } from '../paths.ts';
import { FINE, type Outcome, type Soon, type World } from '../world.ts';
import { onOneLine } from './listing.ts';

/** Commands about faults on demand. */

type Of<N extends FaultCommand['name']> = Extract<FaultCommand, { name: N }>;

export function fault(world: World, command: Of<'fault'>): Soon<Outcome> {
  const file = command.file === null ? null : controlFile(world, command.file);
  if (command.does === 'clear')
    return world.drive({ op: 'clear-faults', path: file?.path ?? null }, 'fault --clear');
  const { fault, file: name } = command;
  const { path, shown } = controlFile(world, name);
  return world.drive({ op: 'fault', path, ...fault }, `fault ${shown}`);
}

export function faults({ machine, print }: World): Outcome {
  const rows = machine
    .faults()
    .map(({ path, errno, on, after, times }) => [
      onOneLine(shown(path)),
      errno,
      on ?? 'both',
      `${after}`,
      times === null ? 'all' : `${times}`,
    ]);
  print(columns([['FILE', 'ERRNO', 'ON', 'AFTER', 'TIMES'], ...rows], new Set([3, 4])));
  return FINE;
}

export const attempt = (world: World, { file, access }: Of<'attempt'>): Soon<Outcome> => {
  const { path, shown } = controlFile(world, file);
  return world.drive({ op: 'attempt', path, access }, `${access} ${shown}`);
};
