import type { ProcessesCommand } from '../command.ts';
import { shown } from '../paths.ts';
import type { Outcome, Soon, World } from '../world.ts';

/** What real processes do, as it was seen. */

type Of<N extends ProcessesCommand['name']> = Extract<ProcessesCommand, { name: N }>;

export const adopt = (world: World, { pid, cgroup, comm, start, parent, base }: Of<'adopt'>): Soon<Outcome> =>
  world.drive(
    {
      op: 'adopt',
      pid,
      cgroup,
      base,
      ...(comm !== null && { name: comm }),
      ...(start !== null && { start }),
      ...(parent !== null && { parent }),
    },
    `adopt ${pid} into ${shown(cgroup)}`,
  );

export const proc = (world: World, { pid, seen, wait }: Of<'proc'>): Soon<Outcome> =>
  world.drive({ op: 'proc', pid, seen, wait }, `proc ${pid}`);

export const exec = (world: World, { pid, comm }: Of<'exec'>): Soon<Outcome> =>
  world.drive({ op: 'exec', pid, ...(comm !== null && { name: comm }) }, `exec ${pid}`);

export const exit = (world: World, { pid }: Of<'exit'>): Soon<Outcome> =>
  world.drive({ op: 'exit', pid }, `exit ${pid}`);
