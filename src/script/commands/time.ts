import { shortDuration } from '../../kernel/numbers.ts';
import { type Nanoseconds, ns } from '../../kernel/units.ts';
import type { Watched } from '../../machine/machine.ts';
import type { TimeCommand, WorldCommand } from '../command.ts';
import { meets } from '../condition.ts';
import { valueIn } from '../control-file.ts';
import { andThen, FINE, failure, type Outcome, type Soon, type World } from '../world.ts';
import { named } from './tasks.ts';

/** Commands that let time pass, and those about the world around the cgroups. */

type Of<F extends string> = Extract<TimeCommand, { for: F }>;

export function wait(world: World, command: Extract<TimeCommand, { name: 'wait' }>): Soon<Outcome> {
  switch (command.for) {
    case 'time':
      return until(world, 'sleep', ns(world.machine.now + command.time), 'wait');
    case 'task': {
      const { task } = command;
      return named(world, task, world.drive({ op: 'wait-task', task }, `wait ${task}`));
    }
    case 'condition':
      return waitFor(world, command);
  }
}

export function at(world: World, { time, late }: Extract<TimeCommand, { name: 'at' }>): Soon<Outcome> {
  const { now } = world.machine;
  if (time < now && late) return FINE;
  if (time < now)
    return failure('mistake', `at ${shortDuration(time)}: that time is over, it is ${shortDuration(now)}`);
  return until(world, 'let-pass', time, 'at');
}

function until(world: World, op: 'sleep' | 'let-pass', time: Nanoseconds, subject: string): Soon<Outcome> {
  if (time > Number.MAX_SAFE_INTEGER)
    return failure('mistake', `${subject}: a machine runs for 104 days at most`);
  return world.drive({ op, until: time }, subject);
}

function waitFor(world: World, { condition, within }: Of<'condition'>): Soon<Outcome> {
  // What can't be read now may well be there later, but not what was misspelt.
  const first = valueIn(world, condition.file, 'wait');
  if (!first.ok) return first;
  const test = (machine: Watched): boolean => {
    const value = valueIn({ ...world, machine }, condition.file, 'wait');
    return value.ok && meets(condition, value.text);
  };
  const subject = `wait ${condition.text}`;
  const waited = world.drive({ op: 'wait-until', test, until: ns(world.machine.now + within) }, subject);
  return andThen(waited, (outcome): Outcome => {
    if (outcome.ok || outcome.errno !== 'EAGAIN') return outcome;
    const value = valueIn(world, condition.file, 'wait');
    const found = value.ok ? `it is ${value.text}` : value.message;
    return { ...outcome, message: `${subject}: not within ${shortDuration(within)}`, why: found };
  });
}

export function outside(world: World, command: WorldCommand): Soon<Outcome> {
  switch (command.name) {
    case 'drop':
      return world.drive({ op: 'drop', file: command.file }, `drop ${command.file ?? 'all'}`);
    case 'sync':
      return world.drive({ op: 'sync' }, 'sync');
    case 'truncate':
      return world.drive(
        { op: 'truncate', file: command.file, pages: command.pages },
        `truncate ${command.file}`,
      );
  }
}
