import { basename } from 'node:path';
import { shortDuration, size } from '../../kernel/numbers.ts';
import { PAGE_SIZE } from '../../kernel/units.ts';
import type { Behaviour } from '../../task/behaviour.ts';
import type { BehaviourWords, TasksCommand } from '../command.ts';
import { placed } from '../control-file.ts';
import { columns } from '../human.ts';
import { nearest } from '../nearest.ts';
import { shown } from '../paths.ts';
import { andThen, type Failure, FINE, type Outcome, type Soon, type World } from '../world.ts';
import { onOneLine } from './listing.ts';

/** Commands about tasks. */

type Of<N extends TasksCommand['name']> = Extract<TasksCommand, { name: N }>;

export function spawn(world: World, { task, cgroup: given, node, rereads }: Of<'spawn'>): Soon<Outcome> {
  const cgroup = given ?? world.group;
  const spawned = world.drive(
    {
      op: 'spawn',
      task,
      cgroup,
      ...(node !== null && { node }),
      ...(rereads === 'unknown' && { rereads }),
    },
    `spawn ${task} in ${shown(cgroup)}`,
  );
  return placed(world, cgroup, spawned);
}

export const kill = (world: World, { task, signal, wait }: Of<'kill'>): Soon<Outcome> =>
  named(world, task, world.drive({ op: 'kill', task, signal, wait }, `kill -${signal} ${task}`));

export function attach(world: World, { task, cgroup }: Of<'attach'>): Soon<Outcome> {
  const attached = world.drive({ op: 'attach', task, cgroup }, `attach ${task} to ${shown(cgroup)}`);
  return named(world, task, placed(world, cgroup, attached));
}

export const renice = (world: World, { task, nice }: Of<'renice'>): Soon<Outcome> =>
  named(world, task, world.drive({ op: 'renice', task, nice }, `renice ${task}`));

export const stop = (world: World, { task, wait }: Of<'stop'>): Soon<Outcome> =>
  named(world, task, world.drive({ op: 'stop', task, wait }, `stop ${task}`));

export function start(world: World, { name, task, behaviour }: Of<'run' | 'start'>): Soon<Outcome> {
  const drive = (ready: Behaviour): Soon<Outcome> =>
    named(world, task, world.drive({ op: name, task, behaviour: ready }, `${name} ${task} ${ready.kind}`));
  return behaviour.kind === 'trace'
    ? andThen(traced(world, task, behaviour), (ready) => (ready.ok ? drive(ready.behaviour) : ready))
    : drive(behaviour);
}

type TraceWords = Extract<BehaviourWords, { kind: 'trace' }>;

async function traced(
  world: World,
  task: string,
  { path, format, asap }: TraceWords,
): Promise<{ ok: true; behaviour: Behaviour } | Failure> {
  const opened = await world.openTrace(task, path, format);
  if (!opened.ok) return opened;
  // The name alone, so that where a recording lies makes no difference to the run.
  return { ok: true, behaviour: { kind: 'trace', source: opened.source, file: basename(path), asap } };
}

/** Adds what may have been meant by a task that is not there. */
export function named(world: World, task: string, outcome: Soon<Outcome>): Soon<Outcome> {
  return andThen(outcome, (ended): Outcome => {
    if (ended.ok || ended.errno !== 'ESRCH') return ended;
    const names = world.machine.tasks().filter((each) => each.kind === 'task' && !each.killed);
    if (names.some((each) => each.name === task)) return ended;
    const near = nearest(
      task,
      names.map((each) => each.name),
    );
    return near === null
      ? ended
      : { ...ended, why: `${ended.why}${ended.why && ': '}did you mean '${near}'?` };
  });
}

export function ps(world: World): Outcome {
  const rows = world.machine
    .tasks()
    .filter((task) => !task.killed)
    .map((task) => [
      `${task.pid}`,
      task.name,
      onOneLine(task.cgroup),
      task.state,
      `${task.nice}`,
      shortDuration(task.cpu_ns),
      size(task.anon_pages * PAGE_SIZE),
      task.kind === 'kthread' ? '[kernel]' : onOneLine(task.behaviour ?? '-'),
    ]);
  const header = ['PID', 'NAME', 'CGROUP', 'STATE', 'NICE', 'CPU', 'ANON', 'BEHAVIOUR'];
  world.print(columns([header, ...rows], new Set([0, 4, 5, 6])));
  return FINE;
}
